package dev.assay.cli.chain;

import dev.assay.chain.subtensor.BlockView;
import dev.assay.cli.terminal.Cell;
import dev.assay.cli.terminal.ExitCode;
import dev.assay.cli.terminal.Listing;
import dev.assay.cli.terminal.Listing.Kind;
import dev.assay.cli.terminal.ListingOutput;
import dev.assay.jobs.chain.Commitments;
import dev.assay.jobs.tables.CommitmentRow;
import dev.assay.model.hub.CommittedModel;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "commitments",
    description = {
      "Shows what a subnet's registered hotkeys have committed: which model, in which block.",
      "The oldest comes first. A commitment that names no model says why."
    },
    footer = {"", "  assay commitments --netuid 6"})
public final class CommitmentsCommand implements Callable<Integer> {
  private static final String NO_COMPETITION = "None";

  @Mixin private ListingOutput output;
  @Mixin private ChainReading reading;

  /** What the hotkeys have committed, in the order of its blocks. */
  record Answer(int netuid, long block, String blockHash, List<Commitment> commitments) {}

  /**
   * One commitment.
   *
   * @param committedAt the block that holds it
   * @param data its bytes as hexadecimal digits
   * @param text as it is on the chain; null where its bytes are no text
   * @param repository to {@code competition}: null where it names no model
   * @param problem why it names none; null where it does
   */
  record Commitment(
      int uid,
      String hotkey,
      long committedAt,
      String kind,
      String data,
      String text,
      String repository,
      String revision,
      String competition,
      String problem) {
    static Commitment of(CommitmentRow row) {
      CommittedModel model = null;
      String problem = "its bytes are not a text";
      if (row.text().isPresent()) {
        CommittedModel.Parsed parsed = CommittedModel.parse(row.text().get(), NO_COMPETITION);
        model = parsed instanceof CommittedModel.Parsed.Model named ? named.model() : null;
        problem =
            parsed instanceof CommittedModel.Parsed.Malformed malformed ? malformed.reason() : null;
      }
      return new Commitment(
          row.uid(),
          row.hotkey(),
          row.committedBlock(),
          row.kind().orElse(""),
          row.data(),
          row.text().orElse(null),
          model == null ? null : model.repository().toString(),
          model == null ? null : model.revision(),
          model == null ? null : model.competition(),
          problem);
    }

    private String told() {
      return problem == null ? revision : problem;
    }
  }

  @Override
  public Integer call() {
    Answer answer = reading.read((block, netuid, mechanism) -> answer(block, netuid));
    output.print(
        answer,
        List.of(
            "subnet %d at block %d: %d commitments"
                .formatted(answer.netuid(), answer.block(), answer.commitments().size())),
        listing(answer.commitments()));
    return ExitCode.DONE;
  }

  private static Answer answer(BlockView block, int netuid) {
    List<Commitment> commitments =
        Commitments.at(block, netuid).stream()
            .map(Commitment::of)
            .sorted(
                Comparator.comparingLong(Commitment::committedAt).thenComparingInt(Commitment::uid))
            .toList();
    return new Answer(netuid, block.number(), block.hash().toString(), commitments);
  }

  private static Listing listing(List<Commitment> commitments) {
    Listing listing =
        new Listing()
            .column("block", Kind.NUMBER)
            .column("uid", Kind.NUMBER)
            .column("hotkey", Kind.ACCOUNT)
            .column("competition", Kind.TEXT)
            .column("repository", Kind.TEXT)
            .column("revision", Kind.TEXT)
            .spare("kind", Kind.TEXT);
    for (Commitment each : commitments) {
      listing.row(
          Cell.of(each.committedAt()),
          Cell.of(each.uid()),
          Cell.of(each.hotkey()),
          orNone(each.competition()),
          orNone(each.repository()),
          Cell.of(each.told()),
          Cell.of(each.kind()));
    }
    return listing;
  }

  private static Cell orNone(String text) {
    return text == null ? Cell.none() : Cell.of(text);
  }
}
