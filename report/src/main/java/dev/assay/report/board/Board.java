package dev.assay.report.board;

import java.util.List;
import java.util.Optional;

/**
 * All that a leaderboard shows. Texts that miners and feeds chose are as they came: escape them
 * where they are shown.
 *
 * @param windowBlocks length of a window
 * @param competitions of the latest evaluation; none where there is no evaluation yet
 * @param evaluations newest first
 * @param failures of the latest evaluation, most first
 * @param sources of the samples of the last windows, most first
 * @param subnet the chain's own figures, where it was read
 * @param validators how far other validators' weights are from ours; none without the chain
 * @param queue commitments that wait to be judged; those new on the chain only where it was read
 * @param notes what is not shown and why
 */
public record Board(
    int netuid,
    int mechanism,
    int windowBlocks,
    Banner banner,
    List<CompetitionBoard> competitions,
    List<EvaluationLine> evaluations,
    List<FailureCount> failures,
    List<SourceLine> sources,
    Optional<SubnetState> subnet,
    List<ValidatorLine> validators,
    List<QueueLine> queue,
    List<String> notes) {
  public Board {
    competitions = List.copyOf(competitions);
    evaluations = List.copyOf(evaluations);
    failures = List.copyOf(failures);
    sources = List.copyOf(sources);
    validators = List.copyOf(validators);
    queue = List.copyOf(queue);
    notes = List.copyOf(notes);
  }
}
