package dev.assay.chain.node;

import dev.assay.chain.hash.Hash;

/** A block's height and parent. */
public record Header(long number, Hash parent) {}
