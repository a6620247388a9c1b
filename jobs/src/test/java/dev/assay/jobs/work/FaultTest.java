package dev.assay.jobs.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.model.loss.InsufficientMemoryException;
import dev.assay.score.entry.Blame;
import dev.assay.score.entry.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaultTest {
  @Test
  void aModelThatDoesNotFitIsNotItsMinersFault() {
    Fault fault = Fault.of(new InsufficientMemoryException("the model needs 29.09 GiB"));

    assertThat(fault.verdict()).isEqualTo(Verdict.UNAVAILABLE);
    assertThat(fault.blame()).isEqualTo(Blame.INFRASTRUCTURE);
    assertThat(fault.origin()).isEqualTo(Origin.NODE);
    assertThat(fault.reason()).contains("this node is too small", "29.09 GiB");
  }

  /** As PyTorch words them. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "CUDA out of memory. Tried to allocate 2.00 GiB. GPU 0 has a total capacity of 79.11 GiB",
        "CUDA error: an illegal memory access was encountered",
        "cuDNN error: CUDNN_STATUS_NOT_INITIALIZED",
        "[enforce fail at alloc_cpu.cpp:114] data. DefaultCPUAllocator: can't allocate memory",
        "std::bad_alloc"
      })
  void aFailingDeviceOrMemoryIsTheNodes(String words) {
    Fault fault = Fault.of(new IllegalStateException(words));

    assertThat(fault.blame()).isEqualTo(Blame.INFRASTRUCTURE);
    assertThat(fault.origin()).isEqualTo(Origin.NODE);
  }

  @Test
  void anEnginesOtherFailureIsNobodysYet() {
    Fault fault = Fault.of(new IllegalStateException("The following operation failed"));

    assertThat(fault.verdict()).isEqualTo(Verdict.CRASHED);
    assertThat(fault.blame()).isEqualTo(Blame.UNKNOWN);
    assertThat(fault.origin()).isEqualTo(Origin.RUN);
  }
}
