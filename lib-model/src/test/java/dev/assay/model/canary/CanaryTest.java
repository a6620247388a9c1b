package dev.assay.model.canary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.model.causal.Precision;
import dev.assay.model.loss.LossOptions;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CanaryTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(Precision.class)
  void thisMachineComputesItsLoss(Precision precision) throws Exception {
    CanaryAnswer answer = Canary.ask(folder, LossOptions.cpu(precision, 1));

    assertThat(answer.isRight()).as(answer.text()).isTrue();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void anyOtherLossIsWrongAndIsSaidInFigures() {
    CanaryAnswer wrong = new CanaryAnswer("f32-mkl", Precision.F32, Canary.loss() + 2e-4);
    CanaryAnswer broken = new CanaryAnswer("f32-mkl", Precision.F32, Double.NaN);

    assertThat(wrong.isRight()).isFalse();
    assertThat(broken.isRight()).isFalse();
    assertThat(broken.text()).contains("the canary's loss by f32-mkl is NaN; it must be ");
  }
}
