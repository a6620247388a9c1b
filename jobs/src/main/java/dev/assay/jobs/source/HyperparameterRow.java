package dev.assay.jobs.source;

import dev.assay.chain.metadata.Value;
import dev.assay.chain.subtensor.BlockView;
import dev.assay.jobs.tables.Comment;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** One hyperparameter of a subnet at one block. */
@Comment("one hyperparameter of a subnet at one block")
public record HyperparameterRow(
    @Comment("number of the subnet") int netuid,
    @Comment("height that was read") long block,
    @Comment("hash of that block, 0x and 64 hex digits") String blockHash,
    @Comment("its name on the chain; which there are depends on the runtime") String name,
    @Comment("as text; amounts in rao, times in blocks, shares of 65535") String value,
    @Comment("as a number, a switch as 0 or 1; null where it is none or exceeds 63 bits")
        Optional<Long> number) {
  private static final int LONG_BITS = 63;

  static List<HyperparameterRow> at(BlockView block, ChainQuery query) {
    return block.hyperparameters(query.netuid()).values().entrySet().stream()
        .map(
            each ->
                new HyperparameterRow(
                    query.netuid(),
                    block.number(),
                    block.hash().toString(),
                    each.getKey(),
                    text(each.getValue()),
                    number(each.getValue())))
        .sorted(Comparator.comparing(HyperparameterRow::name))
        .toList();
  }

  private static String text(Value value) {
    if (value instanceof Value.Bool flag) {
      return Boolean.toString(flag.value());
    }
    return integer(value).map(BigInteger::toString).orElseGet(value::toString);
  }

  private static Optional<Long> number(Value value) {
    if (value instanceof Value.Bool flag) {
      return Optional.of(flag.value() ? 1L : 0L);
    }
    return integer(value)
        .filter(number -> number.bitLength() <= LONG_BITS)
        .map(BigInteger::longValueExact);
  }

  private static Optional<BigInteger> integer(Value value) {
    return value instanceof Value.Int || value instanceof Value.BigInt
        ? Optional.of(value.asBigInteger())
        : Optional.empty();
  }
}
