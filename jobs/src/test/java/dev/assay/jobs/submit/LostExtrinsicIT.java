package dev.assay.jobs.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.chain.rpc.RpcUnreachableException;
import dev.assay.chain.subtensor.Calls;
import dev.assay.chain.subtensor.Weight;
import dev.assay.jobs.DurableStep;
import dev.assay.jobs.submit.SubmitReport.State;
import dev.assay.jobs.validator.Wire;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A run that died between recording an extrinsic and sending it, or lost its endpoint before. No
 * block passes until the next run, so nothing here has waited for an era to end.
 */
class LostExtrinsicIT {
  @AutoClose private static ValidatorsChain chain;

  @TempDir private Path folder;
  private ValidatorFolder validator;

  @BeforeAll
  static void start() throws Exception {
    chain = ValidatorsChain.start();
  }

  @AfterEach
  void liveOn() {
    DurableStep.observe(step -> {});
  }

  private void dieBeforeSending(int netuid, String settings) throws Exception {
    validator = new ValidatorFolder(chain, folder, netuid, settings);
    validator.evaluation("e1", 5, 65_535, 100, 0);
    DurableStep.observe(
        step -> {
          if (step.startsWith("send ")) {
            throw new IllegalStateException("killed");
          }
        });
    assertThatThrownBy(() -> validator.submit("e1")).hasMessage("killed");
    DurableStep.observe(step -> {});
    assertThat(validator.events()).containsExactlyInAnyOrder("INTENT", "SENT");
  }

  private static List<Weight> vector() {
    return List.of(new Weight(chain.uid("//M1"), 65_535), new Weight(chain.uid("//M2"), 100));
  }

  @Test
  void theNextRunSendsItAsItWasSigned() throws Exception {
    dieBeforeSending(ValidatorsChain.PLAIN, "");

    SubmitReport report = validator.submit("e1");

    assertThat(report.state()).isEqualTo(State.SET);
    assertThat(chain.weights(ValidatorsChain.PLAIN)).isEqualTo(vector());
    assertThat(validator.events()).containsExactlyInAnyOrder("INTENT", "SENT", "INCLUDED");
  }

  @Test
  void hiddenWeightsAreSentByTheNextRun() throws Exception {
    dieBeforeSending(ValidatorsChain.HIDDEN, ", commit_reveal: hash");

    assertThat(validator.submit("e1").state()).isEqualTo(State.COMMITTED);
    assertThat(validator.events()).containsExactlyInAnyOrder("INTENT", "SENT", "INCLUDED");
  }

  @Test
  void whereItsNonceIsTakenItIsSignedAnewAtOnce() throws Exception {
    dieBeforeSending(ValidatorsChain.FRESH, "");
    chain.done(Calls.setWeights(ValidatorsChain.UNTOUCHED, vector(), 0), chain.validator);

    SubmitReport report = validator.submit("e1");

    assertThat(report.state()).isEqualTo(State.SET);
    assertThat(chain.weights(ValidatorsChain.FRESH)).isEqualTo(vector());
    assertThat(validator.events())
        .containsExactlyInAnyOrder("INTENT", "SENT", "FAILED", "SENT", "INCLUDED");
  }

  /** After the evaluation has read the chain, and before its weights are recorded. */
  @Test
  void anEndpointThatDropsBeforeItSetsNothingAndTheNextRunSetsTheSameVector() throws Exception {
    try (Wire wire = new Wire(chain.address())) {
      validator =
          new ValidatorFolder(
              chain,
              wire.address(),
              folder,
              ValidatorsChain.SLOW,
              "",
              100,
              "paths: {warehouse: \"%s\", bundles: \"%s\"}"
                  .formatted(folder.resolve("tables"), folder.resolve("bundles")));
      validator.evaluation("e1", 5, 65_535, 100, 0);
      wire.cut();
      assertThatThrownBy(() -> validator.submit("e1")).isInstanceOf(RpcUnreachableException.class);
      assertThat(validator.events()).isEmpty();

      assertThat(chain.weights(ValidatorsChain.SLOW)).isEmpty();

      wire.mend();
      assertThat(validator.submit("e1").state()).isEqualTo(State.SET);
      assertThat(chain.weights(ValidatorsChain.SLOW)).isEqualTo(vector());
    }
  }

  @Test
  void whatPaysSomebodyElseByNowIsNotSentAgain() throws Exception {
    dieBeforeSending(ValidatorsChain.FULL, "");
    int recycled = chain.replace(ValidatorsChain.FULL, "//Newcomer");

    assertThat(validator.submit("e1").state()).isEqualTo(State.UNKNOWN);
    assertThat(chain.weights(ValidatorsChain.FULL)).isEmpty();
    chain.seal(8);
    assertThat(validator.submit("e1").state()).isEqualTo(State.SET);
    assertThat(chain.weights(ValidatorsChain.FULL)).noneMatch(weight -> weight.uid() == recycled);
  }
}
