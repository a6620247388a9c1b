package dev.assay.jobs.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.model.loss.InsufficientMemoryException;
import dev.assay.score.Blame;
import dev.assay.score.Verdict;
import org.junit.jupiter.api.Test;

class FaultTest {
  @Test
  void aModelThatDoesNotFitIsNotItsMinersFault() {
    Fault fault = Fault.of(new InsufficientMemoryException("the model needs 29.09 GiB"));

    assertThat(fault.verdict()).isEqualTo(Verdict.UNAVAILABLE);
    assertThat(fault.blame()).isEqualTo(Blame.INFRASTRUCTURE);
    assertThat(fault.reason()).contains("this node is too small", "29.09 GiB");
  }
}
