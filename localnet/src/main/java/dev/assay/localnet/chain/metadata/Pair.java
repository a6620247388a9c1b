package dev.assay.localnet.chain.metadata;

/** A tuple of two. */
public record Pair<A, B>(A first, B second) {}
