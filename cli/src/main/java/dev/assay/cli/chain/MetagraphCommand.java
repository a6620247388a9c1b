package dev.assay.cli.chain;

import dev.assay.chain.subtensor.Axon;
import dev.assay.chain.subtensor.Metagraph;
import dev.assay.chain.subtensor.Neuron;
import dev.assay.cli.terminal.Cell;
import dev.assay.cli.terminal.ExitCode;
import dev.assay.cli.terminal.Listing;
import dev.assay.cli.terminal.Listing.Kind;
import dev.assay.cli.terminal.ListingOutput;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "metagraph",
    description = {
      "Shows a subnet's members: who holds which UID, what they have at stake and what they earn.",
      "Shares are of the whole subnet. 'updated' is the age of a validator's weights in blocks,"
          + " 'emission' what the last epoch paid."
    },
    footer = {
      "",
      "  assay metagraph --netuid 6                    who earns most comes first",
      "  assay metagraph --netuid 6 --sort uid --csv   for a spreadsheet"
    })
public final class MetagraphCommand implements Callable<Integer> {
  @Mixin private ListingOutput output;
  @Mixin private ChainReading reading;

  @Option(
      names = "--sort",
      paramLabel = "BY",
      defaultValue = "EARNING",
      description =
          "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}): incentive and dividends, stake,"
              + " the age of weights, or uid.")
  private Order order;

  /** What comes first. */
  enum Order {
    EARNING,
    STAKE,
    UPDATED,
    UID;

    private Comparator<Neuron> comparator() {
      Comparator<Neuron> byStake = (one, other) -> Long.compareUnsigned(other.stake(), one.stake());
      Comparator<Neuron> first =
          switch (this) {
            case EARNING ->
                Comparator.comparingInt((Neuron neuron) -> -neuron.incentive())
                    .thenComparingInt(neuron -> -neuron.dividends())
                    .thenComparing(byStake);
            case STAKE -> byStake;
            case UPDATED -> Comparator.comparingLong(neuron -> -neuron.lastUpdate());
            case UID -> Comparator.comparingInt(Neuron::uid);
          };
      return first.thenComparingInt(Neuron::uid);
    }
  }

  /**
   * A subnet's members.
   *
   * @param neurons in the order asked for
   */
  record Answer(int netuid, long block, String blockHash, List<Member> neurons) {}

  /** A member; amounts in rao, shares of 65535, as the chain has them. */
  record Member(
      int uid,
      String hotkey,
      String coldkey,
      boolean active,
      boolean validatorPermit,
      long stake,
      long emission,
      int incentive,
      int dividends,
      int consensus,
      int trust,
      long lastUpdate,
      long blockAtRegistration,
      String axon) {
    static Member of(Neuron neuron) {
      return new Member(
          neuron.uid(),
          neuron.hotkey().ss58(),
          neuron.coldkey().ss58(),
          neuron.active(),
          neuron.validatorPermit(),
          neuron.stake(),
          neuron.emission(),
          neuron.incentive(),
          neuron.dividends(),
          neuron.consensus(),
          neuron.trust(),
          neuron.lastUpdate(),
          neuron.blockAtRegistration(),
          address(neuron.axon()));
    }
  }

  @Override
  public Integer call() {
    Metagraph metagraph = reading.read((block, netuid, mechanism) -> block.metagraph(netuid));
    List<Member> members =
        metagraph.neurons().stream().sorted(order.comparator()).map(Member::of).toList();
    output.print(
        new Answer(metagraph.netuid(), metagraph.number(), metagraph.block().toString(), members),
        List.of(
            "subnet %d at block %d: %d neurons, %d with a validator's permit"
                .formatted(
                    metagraph.netuid(),
                    metagraph.number(),
                    members.size(),
                    members.stream().filter(Member::validatorPermit).count())),
        listing(members, metagraph.number()));
    return ExitCode.DONE;
  }

  private static Listing listing(List<Member> members, long block) {
    Listing listing =
        new Listing()
            .column("uid", Kind.NUMBER)
            .column("hotkey", Kind.ACCOUNT)
            .column("permit", Kind.TEXT)
            .column("stake", Kind.NUMBER)
            .column("incentive", Kind.NUMBER)
            .column("dividends", Kind.NUMBER)
            .column("emission", Kind.NUMBER)
            .column("updated", Kind.NUMBER)
            .spare("consensus", Kind.NUMBER)
            .spare("active", Kind.TEXT)
            .spare("registered", Kind.NUMBER)
            .spare("coldkey", Kind.ACCOUNT)
            .spare("axon", Kind.TEXT)
            .spare("trust", Kind.NUMBER);
    for (Member member : members) {
      listing.row(
          Cell.of(member.uid()),
          Cell.of(member.hotkey()),
          Cell.of(member.validatorPermit()),
          Cell.tao(member.stake()),
          Cell.share(member.incentive()),
          Cell.share(member.dividends()),
          Cell.tao(member.emission()),
          Cell.of(Math.max(0, block - member.lastUpdate())),
          Cell.share(member.consensus()),
          Cell.of(member.active()),
          Cell.of(member.blockAtRegistration()),
          Cell.of(member.coldkey()),
          member.axon().isEmpty() ? Cell.none() : Cell.of(member.axon()),
          Cell.share(member.trust()));
    }
    return listing;
  }

  /** Where a neuron serves; empty where it doesn't. */
  private static String address(Axon axon) {
    if (axon.ip().signum() <= 0) {
      return "";
    }
    return axon.ipType() == 4
        ? dotted(axon.ip()) + ":" + axon.port()
        : "[" + grouped(axon.ip()) + "]:" + axon.port();
  }

  private static String dotted(BigInteger ip) {
    long bits = ip.longValue();
    return "%d.%d.%d.%d"
        .formatted(bits >> 24 & 0xff, bits >> 16 & 0xff, bits >> 8 & 0xff, bits & 0xff);
  }

  private static String grouped(BigInteger ip) {
    StringBuilder text = new StringBuilder();
    for (int group = 7; group >= 0; group--) {
      text.append(Integer.toHexString(ip.shiftRight(16 * group).intValue() & 0xffff))
          .append(group == 0 ? "" : ":");
    }
    return text.toString();
  }
}
