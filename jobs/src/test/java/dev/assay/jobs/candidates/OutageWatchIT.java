package dev.assay.jobs.candidates;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.jobs.NotReadyException;
import dev.assay.jobs.work.Fault;
import dev.assay.jobs.work.Origin;
import dev.assay.model.hub.HubClient;
import dev.assay.score.entry.Verdict;
import java.net.URI;
import org.junit.jupiter.api.Test;

class OutageWatchIT {
  private static final URI NOBODY = URI.create("http://127.0.0.1:1");

  private static OutageWatch watch(boolean onlyOneHost) {
    return new OutageWatch(HubClient.of(NOBODY), NOBODY.toString(), () -> onlyOneHost);
  }

  @Test
  void aDeadHubStopsTheEvaluationAtOnce() {
    Fault fault = Fault.of(Verdict.UNAVAILABLE, Origin.REPOSITORY, "one of many");

    assertThatThrownBy(() -> watch(false).after(fault))
        .isInstanceOf(NotReadyException.class)
        .hasMessageContaining("the hub " + NOBODY + " does not answer");
  }

  @Test
  void aFullDiskStopsTheEvaluationWhereThereIsNoOther() {
    Fault full = Fault.of(Verdict.UNAVAILABLE, Origin.DISK, "the cache takes nothing more");

    assertThatThrownBy(() -> watch(true).after(full))
        .isInstanceOf(NotReadyException.class)
        .hasMessageContaining("takes nothing more");
    assertThatCode(() -> watch(false).after(full)).doesNotThrowAnyException();
  }
}
