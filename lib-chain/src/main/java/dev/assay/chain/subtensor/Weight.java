package dev.assay.chain.subtensor;

/** A weight, or a bond, that one UID gives another: a share of 65535 of the largest. */
public record Weight(int uid, int value) {}
