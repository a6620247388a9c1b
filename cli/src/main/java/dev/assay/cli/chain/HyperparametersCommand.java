package dev.assay.cli.chain;

import dev.assay.chain.metadata.Value;
import dev.assay.chain.subtensor.BlockView;
import dev.assay.cli.terminal.Cell;
import dev.assay.cli.terminal.ExitCode;
import dev.assay.cli.terminal.Listing;
import dev.assay.cli.terminal.Listing.Kind;
import dev.assay.cli.terminal.ListingOutput;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "hyperparameters",
    description = {
      "Shows a subnet's hyperparameters by their names on the chain.",
      "Amounts are in rao, times in blocks, shares of 65535; which there are depends on the"
          + " chain's runtime."
    },
    footer = {"", "  assay hyperparameters --netuid 6"})
public final class HyperparametersCommand implements Callable<Integer> {
  @Mixin private ListingOutput output;
  @Mixin private ChainReading reading;

  /**
   * All of them.
   *
   * @param values as texts: some exceed what a JSON number holds exactly
   */
  record Answer(int netuid, long block, String blockHash, SortedMap<String, String> values) {}

  @Override
  public Integer call() {
    Answer answer = reading.read((block, netuid, mechanism) -> answer(block, netuid));
    Listing listing = new Listing().column("name", Kind.TEXT).column("value", Kind.TEXT);
    answer.values().forEach((name, value) -> listing.row(Cell.of(name), Cell.of(value)));
    output.print(
        answer,
        List.of("subnet %d at block %d".formatted(answer.netuid(), answer.block())),
        listing);
    return ExitCode.DONE;
  }

  private static Answer answer(BlockView block, int netuid) {
    SortedMap<String, String> values = new TreeMap<>();
    block.hyperparameters(netuid).values().forEach((name, value) -> values.put(name, shown(value)));
    return new Answer(netuid, block.number(), block.hash().toString(), values);
  }

  private static String shown(Value value) {
    if (value instanceof Value.Bool flag) {
      return Boolean.toString(flag.value());
    }
    boolean number = value instanceof Value.Int || value instanceof Value.BigInt;
    return number ? value.asBigInteger().toString() : value.toString();
  }
}
