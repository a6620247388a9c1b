package dev.assay.jobs.candidates;

import dev.assay.jobs.config.CompetitionSettings;
import dev.assay.jobs.tables.CommitmentRow;
import dev.assay.jobs.work.Fault;
import dev.assay.jobs.work.ModelUnit;
import dev.assay.model.hub.CommittedModel;
import dev.assay.score.entry.Entry;
import dev.assay.score.entry.Verdict;
import dev.assay.score.rules.Competition;
import dev.assay.score.sampling.Sampling;
import dev.assay.score.sampling.Window;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One commitment on its way to a verdict.
 *
 * @param commitment as read from the chain
 * @param model what it names, once it is parsed
 * @param competition that it takes part in, once that is known to be open
 * @param fault what already speaks against it
 * @param place of its extrinsic in its block, where another one stands since the same block
 */
public record Candidate(
    CommitmentRow commitment,
    Optional<CommittedModel> model,
    Optional<Competition> competition,
    Optional<Fault> fault,
    OptionalInt place) {

  /** All commitments of a reading, in their order. */
  public static List<Candidate> all(ChainReading reading, CompetitionSettings settings) {
    return reading.commitments().stream().map(row -> of(row, settings, reading.window())).toList();
  }

  /**
   * Reads a commitment under the rules of the evaluated block.
   *
   * @param window that is judged
   */
  public static Candidate of(CommitmentRow row, CompetitionSettings settings, Window window) {
    Optional<String> foreign = ForeignCommitment.words(row);
    if (foreign.isPresent()) {
      return failed(row, Fault.of(Verdict.MALFORMED_COMMITMENT, foreign.get()));
    }
    CommittedModel.Parsed parsed =
        CommittedModel.parse(row.text().orElseThrow(), settings.competitionOfOldCommitments());
    if (parsed instanceof CommittedModel.Parsed.Malformed malformed) {
      return failed(row, Fault.of(Verdict.MALFORMED_COMMITMENT, malformed.reason()));
    }
    CommittedModel model = ((CommittedModel.Parsed.Model) parsed).model();
    Optional<Competition> competition = settings.schedule().find(row.block(), model.competition());
    return new Candidate(
        row,
        Optional.of(model),
        competition,
        fault(row, model, competition, window),
        OptionalInt.empty());
  }

  private static Optional<Fault> fault(
      CommitmentRow row, CommittedModel model, Optional<Competition> competition, Window window) {
    if (competition.isEmpty()) {
      return Optional.of(
          Fault.of(
              Verdict.UNKNOWN_COMPETITION,
              "the competition %s is not open at block %d"
                  .formatted(model.competition(), row.block())));
    }
    if (!model.revision().matches("[0-9a-f]{40}")) {
      return Optional.of(
          Fault.of(
              Verdict.MUTABLE_REVISION,
              "the committed revision is not a commit id of 40 lower-case hex digits"));
    }
    Sampling sampling = competition.get().policy().sampling();
    if (!window.admits(row.committedBlock(), sampling)) {
      return Optional.of(
          Fault.of(
              Verdict.PENDING,
              "committed at block %d; window %d judges commitments to block %d"
                  .formatted(
                      row.committedBlock(),
                      window.number(),
                      window.firstSampleBlock() - sampling.delayBlocks())));
    }
    return Optional.empty();
  }

  private static Candidate failed(CommitmentRow row, Fault fault) {
    return new Candidate(
        row, Optional.empty(), Optional.empty(), Optional.of(fault), OptionalInt.empty());
  }

  /** The same candidate with something that speaks against it. */
  public Candidate with(Fault found) {
    return new Candidate(commitment, model, competition, Optional.of(found), place);
  }

  /** The same candidate without anything against it. */
  public Candidate due() {
    return new Candidate(commitment, model, competition, Optional.empty(), place);
  }

  Candidate at(int found) {
    return new Candidate(commitment, model, competition, fault, OptionalInt.of(found));
  }

  /** What it claims of its content. */
  public ModelUnit.Claim claim() {
    return new ModelUnit.Claim(commitment.hotkey(), model.orElseThrow().hash());
  }

  /** How progress and logs call it. */
  public String label() {
    return model.map(m -> m.repository().toString()).orElse(commitment.hotkey())
        + " (uid "
        + commitment.uid()
        + ")";
  }

  /** As scoring knows it. */
  public Entry entry(Optional<String> digest) {
    return new Entry(
        commitment.uid(),
        commitment.hotkey(),
        commitment.registeredBlock(),
        commitment.committedBlock(),
        place,
        digest);
  }
}
