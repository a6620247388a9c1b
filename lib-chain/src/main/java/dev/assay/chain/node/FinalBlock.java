package dev.assay.chain.node;

import dev.assay.chain.hash.Hash;

/** A block that was final when it was seen. */
record FinalBlock(long height, Hash hash) {}
