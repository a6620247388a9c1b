package dev.assay.localnet.chain;

import dev.assay.chain.keys.AccountId;
import java.util.List;
import java.util.Map;

/**
 * What the chain begins with. Equal values make equal chains.
 *
 * @param seed decides the beacon's key
 * @param moment the time of the first block, in milliseconds since 1970
 * @param sudo who speaks for the root
 * @param balances free TAO, in rao
 * @param subnets the subnets there are
 */
public record Genesis(
    long seed,
    long moment,
    AccountId sudo,
    Map<AccountId, Long> balances,
    List<SubnetGenesis> subnets) {}
