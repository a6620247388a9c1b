package dev.assay.localnet.chain;

import dev.assay.chain.keys.AccountId;

/**
 * A subnet that exists from the first block on.
 *
 * @param tempo blocks between two epochs
 * @param weightsRateLimit blocks between two weight settings of one validator
 */
public record SubnetGenesis(
    int netuid, AccountId owner, AccountId ownerHotkey, int tempo, long weightsRateLimit) {}
