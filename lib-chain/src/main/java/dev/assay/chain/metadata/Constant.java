package dev.assay.chain.metadata;

/** A constant of a pallet: its type and its SCALE bytes. */
public record Constant(String name, int type, Value.Bytes bytes) {}
