package dev.assay.jobs.submit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.jobs.submit.SubmitReport.State;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A window whose evaluation doesn't come does not end in silence. */
class FallbackIT {
  private static final int WINDOW = 40;
  private static final String LATEST = ", latest_block: 30";

  @AutoClose private static ValidatorsChain chain;

  @TempDir private Path folder;

  @BeforeAll
  static void start() throws Exception {
    chain = ValidatorsChain.start();
  }

  private ValidatorFolder validator(int netuid, String settings) throws Exception {
    return new ValidatorFolder(chain, folder, netuid, settings, WINDOW);
  }

  private long window() {
    return chain.head().number() / WINDOW;
  }

  /** Goes to a block of the next window, counted from its first. */
  private void nextWindow(int block) {
    chain.seal((int) ((window() + 1) * WINDOW + block - chain.head().number()));
  }

  @Test
  void thePresentWindowsEvaluationIsSetWithoutItsId() throws Exception {
    ValidatorFolder validator = validator(ValidatorsChain.PLAIN, "");
    nextWindow(5);
    validator.evaluation("e1", window(), 65_535, 100, 0);

    assertThat(validator.submit().state()).isEqualTo(State.SET);
    assertThat(validator.submit().state()).isEqualTo(State.ALREADY_SET);
  }

  @Test
  void withoutAFallbackTheEndOfTheWindowIsTold() throws Exception {
    ValidatorFolder validator = validator(ValidatorsChain.FRESH, LATEST);
    nextWindow(5);
    validator.submit(validator.evaluation("e1", window(), 65_535, 100, 0));
    long updated = chain.neuron(ValidatorsChain.FRESH).lastUpdate();
    nextWindow(10);
    SubmitReport early = validator.submit();
    chain.seal(20);
    SubmitReport late = validator.submit();

    assertThat(early.state()).isEqualTo(State.TRY_AGAIN);
    assertThat(early.reason())
        .contains("at block " + (window() * WINDOW + 30), "counts it as inactive");
    assertThat(late.state()).isEqualTo(State.FAILED);
    assertThat(late.reason()).contains("GETS NO WEIGHTS", "submit.fallback is none");
    assertThat(chain.neuron(ValidatorsChain.FRESH).lastUpdate()).isEqualTo(updated);
  }

  @Test
  void theLastOwnVectorIsRepeated() throws Exception {
    int netuid = ValidatorsChain.UNTOUCHED;
    ValidatorFolder validator = validator(netuid, LATEST + ", fallback: repeat");
    nextWindow(5);
    SubmitReport own = validator.submit(validator.evaluation("e1", window(), 65_535, 100, 0));
    nextWindow(10);
    SubmitReport early = validator.submit();
    chain.seal(20);
    SubmitReport repeated = validator.submit();
    SubmitReport again = validator.submit();
    SubmitReport tooLate = validator.submit(validator.evaluation("e2", window(), 1, 65_535, 0));

    assertThat(early.state()).isEqualTo(State.TRY_AGAIN);
    assertThat(repeated.state()).isEqualTo(State.SET);
    assertThat(repeated.vector()).isEqualTo(own.vector());
    assertThat(repeated.window()).isEqualTo(own.window() + 1);
    assertThat(chain.neuron(netuid).lastUpdate()).isEqualTo(repeated.block().orElseThrow());
    assertThat(again.state()).isEqualTo(State.ALREADY_SET);
    assertThat(tooLate.state()).isEqualTo(State.REFUSED);
    assertThat(validator.bundle("e1").signedBy(chain.validator.account()).orElseThrow().facts())
        .containsEntry("included_block", "" + own.block().orElseThrow());
  }

  @Test
  void whoeverHasNothingToRepeatIsTold() throws Exception {
    ValidatorFolder validator = validator(ValidatorsChain.SLOW, LATEST + ", fallback: repeat");
    nextWindow(30);

    SubmitReport report = validator.submit();

    assertThat(report.state()).isEqualTo(State.FAILED);
    assertThat(report.reason()).contains("has set none here that could be repeated");
  }

  @Test
  void theFallbackDecidesBeforeTheChainCountsTheValidatorAsInactive() throws Exception {
    ValidatorFolder validator =
        new ValidatorFolder(chain, folder, ValidatorsChain.FULL, ", latest_block: 99999", 100_000);

    long inactive = 0;
    SubmitReport report = validator.submit();
    while (report.state() == State.TRY_AGAIN && inactive < 10_000) {
      chain.seal(100);
      inactive += 100;
      report = validator.submit();
    }

    assertThat(report.state()).isEqualTo(State.FAILED);
    assertThat(chain.head().number()).isLessThan(99_999);
  }
}
