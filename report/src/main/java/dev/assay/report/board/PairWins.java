package dev.assay.report.board;

import dev.assay.score.contest.Comparison;
import dev.assay.score.weights.ScoredModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Who won how many samples against whom, among the first models. */
final class PairWins {
  private static final int MOST_MODELS = 12;

  private PairWins() {}

  static List<CompetitionBoard.Wins> of(
      String competition, BundleEvidence evidence, List<ModelLine> ranked) {
    Set<Integer> first =
        ranked.stream()
            .filter(line -> line.verdict().equals("ACCEPTED"))
            .limit(MOST_MODELS)
            .map(ModelLine::uid)
            .collect(Collectors.toSet());
    List<CompetitionBoard.Wins> wins = new ArrayList<>();
    for (ScoredModel model : evidence.scored()) {
      if (!model.competition().equals(competition) || !first.contains(model.entry().uid())) {
        continue;
      }
      for (Comparison other : model.comparisons()) {
        if (first.contains(other.opponent())) {
          wins.add(
              new CompetitionBoard.Wins(
                  model.entry().uid(),
                  other.opponent(),
                  other.wins(),
                  other.losses(),
                  other.matches()));
        }
      }
    }
    return wins;
  }
}
