package dev.assay.chain.subtensor;

import dev.assay.chain.metadata.Value;

/**
 * What an account holds, in rao.
 *
 * @param free spendable but for what is frozen
 */
public record Balance(long free, long reserved, long frozen) {
  static Balance of(Value account) {
    Value data = account.field("data");
    return new Balance(
        data.field("free").asLong(),
        data.field("reserved").asLong(),
        data.field("frozen").asLong());
  }
}
