package dev.assay.jobs.validator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.jobs.NotReadyException;
import dev.assay.jobs.monitor.MonitoringFiles;
import dev.assay.jobs.tables.Warehouse;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A validator in a process of its own serves two windows in a row: in the first it is killed while
 * it evaluates, before the second its endpoint is cut, and the runtime is upgraded in between.
 */
@Tag("long")
class ValidatorIT {
  private static final int WINDOW = ServedSubnet.WINDOW;

  @TempDir private Path folder;

  private ServedSubnet subnet;

  @BeforeEach
  void start() throws Exception {
    subnet = ServedSubnet.start(folder);
  }

  private boolean isEvaluating() {
    try (Warehouse warehouse =
        Warehouse.open(folder.resolve("tables").toString(), new Configuration())) {
      return warehouse.holder("evaluate").isPresent();
    }
  }

  @Test
  void windowsAreServedInSpiteOfAKillALostEndpointAndAnUpgrade() throws Exception {
    subnet.sealTo(3 * WINDOW + 1);
    subnet.launch();
    subnet.await("the evaluation begins", this::isEvaluating);
    subnet.kill();
    subnet.launch();
    subnet.await("the first window is served", () -> subnet.isSet(3));
    assertThatThrownBy(() -> ValidatorProcess.validator(subnet.configuration()).close())
        .isInstanceOf(NotReadyException.class)
        .hasMessageContaining("process " + subnet.pid());

    subnet.wire().cut();
    subnet.await("the loss is seen", () -> subnet.ask("/healthz").contains("UNREACHABLE"));
    subnet.sealTo(4 * WINDOW + 1);
    subnet.wire().mend();
    subnet.await("the second window is served", () -> subnet.isSet(4));
    subnet.await(
        "it is counted", () -> subnet.ask("/metrics").contains("assay_windows_served_total 2\n"));

    String told = subnet.ask("/metrics");
    assertThat(told)
        .contains("assay_window_weights{state=\"SET\"} 1\n", "assay_endpoint_reachable 1\n")
        .contains("assay_validator_registered 1\n", "assay_evaluation_accepted_models 1\n");
    assertThat(MonitoringFiles.names(told)).containsAll(MonitoringFiles.wanted());
    assertThat(subnet.block()).isGreaterThan(ServedSubnet.UPGRADE);
  }

  @AfterEach
  void stop() throws Exception {
    subnet.close();
  }
}
