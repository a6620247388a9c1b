package dev.assay.score.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.score.statistics.SeededRandom;
import dev.assay.score.weights.WeightCopying.Epoch;
import dev.assay.score.weights.WeightCopying.Finding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WeightCopyingTest {
  @Test
  void aCopierLagsBehindTheConsensusAndAnHonestValidatorDoesNot() {
    List<Epoch> epochs = new ArrayList<>();
    SeededRandom random = new SeededRandom(1);
    Map<Integer, Double> before = Map.of(0, 1.0);
    for (int i = 0; i < 20; i++) {
      Map<Integer, Double> consensus = new HashMap<>();
      for (int uid = 0; uid < 10; uid++) {
        consensus.put(uid, random.nextDouble());
      }
      Map<Integer, Double> honest = new HashMap<>();
      consensus.forEach((uid, weight) -> honest.put(uid, weight + 0.05 * random.nextDouble()));
      epochs.add(new Epoch(360L * i, Map.of("honest", honest, "copier", before), consensus));
      before = consensus;
    }
    List<Finding> findings = WeightCopying.report(epochs);
    assertThat(findings).extracting(Finding::hotkey).containsExactly("copier", "honest");
    assertThat(findings.get(0).lag()).isGreaterThan(0.1);
    assertThat(findings.get(0).nearerPrevious()).isEqualTo(1);
    assertThat(findings.get(0).epochs()).isEqualTo(19);
    assertThat(findings.get(1).lag()).isLessThan(-0.1);
  }

  @Test
  void whileTheConsensusStandsStillNobodyIsJudged() {
    Map<Integer, Double> same = Map.of(0, 0.5, 1, 0.5);
    List<Epoch> epochs =
        List.of(new Epoch(1, Map.of("a", same), same), new Epoch(2, Map.of("a", same), same));
    assertThat(WeightCopying.report(epochs)).isEmpty();
  }

  @Test
  void epochsAscend() {
    Map<Integer, Double> same = Map.of(0, 0.5);
    List<Epoch> epochs =
        List.of(new Epoch(2, Map.of("a", same), same), new Epoch(2, Map.of("a", same), same));
    assertThatThrownBy(() -> WeightCopying.report(epochs))
        .hasMessage("epochs: block 2 follows 2, must be greater");
  }
}
