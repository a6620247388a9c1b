package dev.assay.report.yuma;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.jobs.config.ConfigurationException;
import dev.assay.jobs.config.StrictYaml;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Made-up subnets, among them those in conf. */
class YumaScenarioTest {
  private static final int U16_MAX = 65_535;

  @Test
  void whoIsAloneWithAWeightIsClippedAndEarnsLess() {
    YumaReport report = report(YumaScenario.read(Path.of("../conf/yuma-clipped.yaml")));

    YumaReport.Neuron dissenter = report.neurons().get(2);
    assertThat(dissenter.before().clipped()).isZero();
    assertThat(dissenter.after().orElseThrow().clipped()).isGreaterThan(U16_MAX / 2);
    assertThat(dissenter.after().orElseThrow().validatorTrust())
        .isLessThan(dissenter.before().validatorTrust());
    assertThat(dissenter.after().orElseThrow().dividends())
        .isLessThan(dissenter.before().dividends());
    YumaReport.Changed changed = report.changed().get(0);
    assertThat(changed.uid()).isEqualTo(2);
    assertThat(changed.after()).anyMatch(weight -> weight.kept() < weight.weight());
    // All is shared out, whoever gets it; a share is cut off after 32 binary places.
    assertThat(emission(report, false)).isBetween(report.emission() - 1000, report.emission());
    assertThat(emission(report, true)).isBetween(report.emission() - 1000, report.emission());
  }

  @Test
  void aLowerMajorityLetsAMinoritysWeightCount() {
    YumaReport report = report(YumaScenario.read(Path.of("../conf/yuma-kappa.yaml")));

    assertThat(report.neurons().get(4).before().incentive()).isZero();
    assertThat(report.neurons().get(4).after().orElseThrow().incentive()).isPositive();
    assertThat(report.changed()).isEmpty();
  }

  @Test
  void withoutAChangeThereIsNoAfter() {
    YumaScenario scenario =
        scenario("{block: 1000, emission: 1000, neurons: [{stake: 5, permit: true}]}");

    YumaReport report = report(scenario);

    assertThat(report.neurons()).hasSize(1);
    assertThat(report.neurons().get(0).after()).isEmpty();
    assertThat(report.neurons().get(0).before().emission()).isEqualTo(1000);
    assertThat(String.join("\n", report.lines())).doesNotContain("after");
  }

  @Test
  void anUnknownKeyIsRefusedWithItsNeighbour() {
    assertThatThrownBy(
            () -> scenario("{block: 1, emission: 1, neurons: [{stake: 5, permits: true}]}"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("permits")
        .hasMessageContaining("permit");
  }

  @Test
  void aUidThatDoesNotExistIsRefused() {
    YumaScenario scenario =
        scenario(
            "{block: 1, emission: 1, neurons: [{stake: 5}], change: {weights: {0: {7: 1.0}}}}");

    assertThatThrownBy(() -> report(scenario))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("weights are about uid 7; the subnet's uids are 0 to 0");
  }

  @Test
  void weightsOfSomebodyWithoutAPermitAreToldNotToCount() {
    YumaScenario scenario =
        scenario(
            "{block: 9, emission: 1, neurons: [{stake: 5}, {}], change: {weights: {0: {1: 1}}}}");

    assertThat(report(scenario).notes())
        .containsExactly("uid 0 holds no validator permit, so its weights don't count");
  }

  private static YumaScenario scenario(String text) {
    return YumaScenario.bind("here", StrictYaml.read("here", text));
  }

  private static YumaReport report(YumaScenario scenario) {
    return YumaReport.of(
        Optional.empty(),
        Optional.empty(),
        List.of(),
        scenario.input(),
        scenario.ownChange("here"),
        List.of());
  }

  private static long emission(YumaReport report, boolean after) {
    return report.neurons().stream()
        .map(neuron -> after ? neuron.after().orElseThrow() : neuron.before())
        .mapToLong(YumaReport.Terms::emission)
        .sum();
  }
}
