package dev.assay.jobs.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.jobs.Examples;
import dev.assay.jobs.candidates.Candidate;
import dev.assay.jobs.candidates.Workload;
import dev.assay.jobs.fanout.Fate;
import dev.assay.jobs.judge.Cost;
import dev.assay.jobs.judge.GateAnswer;
import dev.assay.jobs.judge.ModelFinding;
import dev.assay.jobs.work.ModelRules;
import dev.assay.jobs.work.ModelUnit;
import dev.assay.score.entry.Verdict;
import dev.assay.score.rules.Competition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class NearCopiesTest {
  private final Competition competition = Examples.competition("assay-1");
  private final List<ModelUnit> units = new ArrayList<>();
  private final List<List<Candidate>> members = new ArrayList<>();
  private final Map<Integer, Fate<ModelFinding>> fates = new HashMap<>();

  /** Ten weights that were all moved from 0 by as much. */
  private static ModelFinding finding(String digest, double... weights) {
    return new ModelFinding(
        Verdict.ACCEPTED,
        null,
        null,
        "",
        Examples.HASH,
        digest,
        "",
        GateAnswer.PASSES,
        List.of(),
        DoubleStream.of(weights).boxed().toList(),
        Cost.NONE);
  }

  private void model(int uid, String name, long committed, double... weights) {
    int index = units.size();
    Candidate candidate = Examples.candidate("assay-1", uid, name, committed);
    units.add(
        new ModelUnit(
            "run",
            index,
            "miners",
            name,
            "ab".repeat(20),
            "",
            List.of(candidate.claim()),
            ModelRules.of(competition),
            1,
            false));
    members.add(List.of(candidate));
    fates.put(index, new Fate.Returned<>(finding(name, weights)));
  }

  private Map<Integer, Fate<ModelFinding>> copies() {
    return NearCopies.copies(
        competition, new Workload(units, members), fates, finding("base", 0, 0, 0, 0));
  }

  @Test
  void aCopyWithNoiseIsTheLaterOnesFault() {
    model(1, "copy", 9, 1.0001, -2.0001, 3.0001, -4.0001);
    model(2, "original", 5, 1, -2, 3, -4);

    assertThat(copies()).containsOnlyKeys(0);
    assertThat(copies().get(0))
        .isInstanceOfSatisfying(
            Fate.Returned.class,
            returned ->
                assertThat((ModelFinding) returned.value())
                    .satisfies(
                        finding -> {
                          assertThat(finding.verdict()).isEqualTo(Verdict.DUPLICATE);
                          assertThat(finding.reason()).contains("uid 2");
                          assertThat(finding.digest()).isEqualTo("copy");
                        }));
  }

  @Test
  void modelsThatWentTheirOwnWaysAreNone() {
    model(1, "one", 5, 1, -2, 3, -4);
    model(2, "other", 9, -3, 1, -1, 2);

    assertThat(copies()).isEmpty();
  }

  @Test
  void whatFailedIsComparedWithNothing() {
    model(1, "one", 5, 1, -2, 3, -4);
    model(2, "crashed", 9, 1, -2, 3, -4);
    fates.put(1, new Fate.Crashed<>(2));

    assertThat(copies()).isEmpty();
  }
}
