package dev.assay.cli.chain;

import dev.assay.chain.keys.AccountId;
import dev.assay.chain.subtensor.BlockView;
import dev.assay.chain.subtensor.Weight;
import dev.assay.cli.terminal.Cell;
import dev.assay.cli.terminal.ExitCode;
import dev.assay.cli.terminal.Listing;
import dev.assay.cli.terminal.Listing.Kind;
import dev.assay.cli.terminal.ListingOutput;
import dev.assay.cli.terminal.Ranges;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "weights",
    description = {
      "Shows the weights that a subnet's validators have set: each validator's largest first.",
      "A share is of all that the validator gives. On a subnet that hides weights, these are the"
          + " ones that were revealed last."
    },
    footer = {"", "  assay weights --netuid 6", "  assay weights --netuid 6 --validator 0 --json"})
public final class WeightsCommand implements Callable<Integer> {
  private static final int LARGEST_UID = 65_535;

  @Mixin private ListingOutput output;
  @Mixin private ChainReading reading;

  @Option(
      names = "--validator",
      paramLabel = "UID",
      description = "Only this validator's (default: all).")
  private Integer validator;

  /** All weights, by validator, the largest first. */
  record Answer(int netuid, long block, String blockHash, List<Given> weights) {}

  /**
   * A weight that one neuron gives another.
   *
   * @param weight as the chain has it, of 65535 for the largest
   * @param share of all that the validator gives
   */
  record Given(
      int validator, String validatorHotkey, int uid, String hotkey, int weight, double share) {}

  @Override
  public Integer call() {
    Ranges.within("--validator", validator, 0, LARGEST_UID);
    Answer answer = reading.read(this::answer);
    long validators = answer.weights().stream().map(Given::validator).distinct().count();
    output.print(
        answer,
        List.of(
            "subnet %d at block %d: %d weights of %d validators"
                .formatted(answer.netuid(), answer.block(), answer.weights().size(), validators)),
        listing(answer.weights()));
    return ExitCode.DONE;
  }

  private Answer answer(BlockView block, int netuid, int mechanism) {
    Map<Integer, AccountId> hotkeys = block.hotkeys(netuid);
    List<Given> given = new ArrayList<>();
    block
        .weights(netuid, mechanism)
        .forEach(
            (uid, row) -> {
              if (validator == null || validator.equals(uid)) {
                given.addAll(given(uid, row, hotkeys));
              }
            });
    return new Answer(netuid, block.number(), block.hash().toString(), given);
  }

  private static List<Given> given(
      int validator, List<Weight> row, Map<Integer, AccountId> hotkeys) {
    long sum = row.stream().mapToLong(Weight::value).sum();
    return row.stream()
        .sorted(Comparator.comparingInt((Weight cell) -> -cell.value()).thenComparing(Weight::uid))
        .map(
            cell ->
                new Given(
                    validator,
                    address(hotkeys, validator),
                    cell.uid(),
                    address(hotkeys, cell.uid()),
                    cell.value(),
                    sum == 0 ? 0 : (double) cell.value() / sum))
        .toList();
  }

  /** A UID of an emptied place has nobody. */
  private static String address(Map<Integer, AccountId> hotkeys, int uid) {
    return hotkeys.containsKey(uid) ? hotkeys.get(uid).ss58() : "";
  }

  private static Listing listing(List<Given> weights) {
    Listing listing =
        new Listing()
            .column("validator", Kind.NUMBER)
            .column("uid", Kind.NUMBER)
            .column("hotkey", Kind.ACCOUNT)
            .column("share", Kind.NUMBER)
            .column("weight", Kind.NUMBER)
            .spare("validator_hotkey", Kind.ACCOUNT);
    for (Given each : weights) {
      listing.row(
          Cell.of(each.validator()),
          Cell.of(each.uid()),
          Cell.of(each.hotkey()),
          new Cell(
              String.format(Locale.ROOT, "%.2f%%", 100 * each.share()),
              Double.toString(each.share())),
          Cell.of(each.weight()),
          Cell.of(each.validatorHotkey()));
    }
    return listing;
  }
}
