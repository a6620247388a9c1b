package dev.assay.jobs.submit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.chain.subtensor.Calls;
import dev.assay.chain.subtensor.Weight;
import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.jobs.status.Problem;
import dev.assay.jobs.status.StatusReport;
import dev.assay.jobs.status.StatusReport.State;
import dev.assay.jobs.status.ValidatorStatus;
import dev.assay.jobs.status.Weights;
import dev.assay.jobs.status.WindowReading;
import dev.assay.jobs.status.WindowReport;
import dev.assay.jobs.storage.Lease;
import dev.assay.jobs.tables.Warehouse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What window and status tell at each stage of a window. */
class StatusIT {
  private static final int WINDOW = 40;

  @AutoClose private static ValidatorsChain chain;

  @TempDir private Path folder;

  @BeforeAll
  static void start() throws Exception {
    chain = ValidatorsChain.start();
  }

  private ValidatorFolder validator(int netuid) throws Exception {
    return validator(netuid, "");
  }

  private ValidatorFolder validator(int netuid, String settings) throws Exception {
    chain.seal((int) (WINDOW - chain.head().number() % WINDOW));
    return new ValidatorFolder(
            chain,
            folder,
            netuid,
            settings + ", wallets: \"" + folder.resolve("wallets") + "\"",
            WINDOW)
        .withHotkey();
  }

  private static StatusReport status(ValidatorFolder validator) {
    return ValidatorStatus.now(validator.configuration(), Clock.systemUTC());
  }

  private static long window() {
    return chain.head().number() / WINDOW;
  }

  @Test
  void aWindowIsOpenUntilItsWeightsAreSet() throws Exception {
    ValidatorFolder validator = validator(ValidatorsChain.PLAIN);
    WindowReport before = WindowReading.now(validator.configuration());
    boolean isTouched = Files.exists(folder.resolve("tables"));
    StatusReport first = status(validator);
    validator.evaluation("e1", window(), 65_535, 100, 0);
    StatusReport evaluated = status(validator);
    SubmitReport set = validator.submit("e1");
    WindowReport after = WindowReading.now(validator.configuration());
    StatusReport done = status(validator);

    assertThat(isTouched).as("looking creates no tables").isFalse();
    assertThat(before.isOpen()).isTrue();
    assertThat(before.weights()).isEqualTo(Weights.NONE);
    assertThat(before.hotkey()).contains(chain.validator.account().ss58());
    assertThat(before.lastBlock()).isEqualTo(before.firstBlock() + WINDOW - 1);
    assertThat(before.fallbackBlock()).isEqualTo(before.firstBlock() + 36);
    assertThat(first.state()).isEqualTo(State.DUE);
    assertThat(first.next()).isEqualTo("assay snapshot");
    assertThat(evaluated.next()).isEqualTo("assay submit");
    assertThat(evaluated.evaluation().orElseThrow().models()).isEqualTo(3);
    assertThat(after.isOpen()).isFalse();
    assertThat(after.weights()).isEqualTo(Weights.SET);
    assertThat(after.extrinsic()).isEqualTo(set.extrinsicHash());
    assertThat(done.state()).isEqualTo(State.WAITING);
    assertThat(done.next()).isEqualTo("nothing until block " + (after.lastBlock() + 1));
    assertThat(done.weights().orElseThrow().block()).isEqualTo(set.block());
    assertThat(done.problems()).isEmpty();
  }

  @Test
  void weightsThatALaterRunRevealsKeepTheWindowOpen() throws Exception {
    ValidatorFolder validator = validator(ValidatorsChain.HIDDEN, ", commit_reveal: hash");
    SubmitReport committed = validator.submit(validator.evaluation("e1", window(), 65_535, 100, 0));
    WindowReport report = WindowReading.now(validator.configuration());

    assertThat(committed.state()).isEqualTo(SubmitReport.State.COMMITTED);
    assertThat(report.weights()).isEqualTo(Weights.COMMITTED);
    assertThat(report.isOpen()).isTrue();
    assertThat(report.reason()).contains("submit reveals them");
  }

  @Test
  void weightsOfAnotherProgramAreTold() throws Exception {
    ValidatorFolder validator = validator(ValidatorsChain.FRESH);
    int miner = chain.uid("//M1");
    chain.done(
        Calls.setWeights(ValidatorsChain.FRESH, List.of(new Weight(miner, 65_535)), 0),
        chain.validator);
    StatusReport report = status(validator);

    assertThat(report.window().orElseThrow().weights()).isEqualTo(Weights.FOREIGN);
    assertThat(report.state()).isEqualTo(State.ATTENTION);
    assertThat(report.problems()).extracting(Problem::id).containsExactly("weights_foreign");
    assertThat(report.problems().get(0).fix())
        .contains("--accept-update " + chain.neuron(ValidatorsChain.FRESH).lastUpdate());
  }

  @Test
  void aWindowThatIsNearlyOverWithoutWeightsIsAProblem() throws Exception {
    ValidatorFolder validator = validator(ValidatorsChain.UNTOUCHED);
    chain.seal(37);

    assertThat(status(validator).problems()).extracting(Problem::id).containsExactly("no_weights");
  }

  @Test
  void whoIsAtWorkIsTold() throws Exception {
    ValidatorFolder validator = validator(ValidatorsChain.SLOW);
    try (Warehouse warehouse = validator.warehouse()) {
      Lease lease = warehouse.lease("evaluate").orElseThrow();
      StatusReport report = status(validator);
      lease.close();

      assertThat(report.state()).isEqualTo(State.WORKING);
      assertThat(report.running())
          .containsExactly(new StatusReport.Running("evaluate", ProcessHandle.current().pid()));
      assertThat(status(validator).running()).isEmpty();
    }
  }

  @Test
  void withoutAnEndpointTheTablesAreTold() throws Exception {
    ValidatorFolder validator = validator(ValidatorsChain.FULL);
    validator.evaluation("e1", window(), 65_535, 100, 0);
    Path file = folder.resolve("assay.yaml");
    String address = chain.address().toString();
    Files.writeString(file, Files.readString(file).replace(address, "http://127.0.0.1:1"));
    StatusReport report =
        ValidatorStatus.now(AssayConfiguration.load(file, Map.of()), Clock.systemUTC());

    assertThat(report.state()).isEqualTo(State.UNREACHABLE);
    assertThat(report.evaluation().orElseThrow().evaluation()).isEqualTo("e1");
    assertThat(report.problems()).extracting(Problem::id).contains("endpoint_unreachable");
  }
}
