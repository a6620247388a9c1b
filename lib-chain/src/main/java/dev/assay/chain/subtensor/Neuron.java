package dev.assay.chain.subtensor;

import dev.assay.chain.keys.AccountId;

/**
 * One member of a subnet at a block.
 *
 * @param stake what counts for its weight, in rao
 * @param emission of the last epoch, in rao
 * @param incentive to {@code rank}: shares of 65535; trust and rank are 0 where the runtime no
 *     longer has them
 * @param lastUpdate the block of its last weights
 * @param blockAtRegistration the block at which its UID was taken
 */
public record Neuron(
    int uid,
    AccountId hotkey,
    AccountId coldkey,
    boolean active,
    boolean validatorPermit,
    long stake,
    long emission,
    int incentive,
    int dividends,
    int consensus,
    int trust,
    int rank,
    long lastUpdate,
    long blockAtRegistration,
    Axon axon) {}
