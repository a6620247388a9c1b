package dev.assay.localnet.chain.runtime;

/**
 * What the pool needs to know of a valid extrinsic.
 *
 * @param requires the nonce that the account is at; the extrinsic waits until it reaches its own
 * @param validUntil the last block that it may be in
 */
public record Validity(long priority, long requires, long validUntil) {}
