package dev.assay.model.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.assay.model.rejection.RejectedCheckpointException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HostileCheckpointTest {
  @TempDir Path directory;

  static Stream<HostileCheckpoint> cases() {
    return HostileCheckpoint.all();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void getsItsVerdict(HostileCheckpoint checkpoint) throws Exception {
    checkpoint.writer().write(directory);

    if (checkpoint.verdict().isEmpty()) {
      assertThatCode(() -> HostileCheckpoint.pass(directory)).doesNotThrowAnyException();
      return;
    }
    RejectedCheckpointException refusal =
        catchThrowableOfType(
            RejectedCheckpointException.class, () -> HostileCheckpoint.pass(directory));
    assertThat(refusal).as("the gate let it pass").isNotNull();
    assertThat(refusal.rejection()).as(refusal.getMessage()).isEqualTo(checkpoint.verdict().get());
    assertThat(refusal.getMessage()).matches("[ -~…]{10,600}");
  }

  @Test
  void everyCaseHasItsOwnName() {
    assertThat(cases().map(HostileCheckpoint::name))
        .doesNotHaveDuplicates()
        .hasSizeGreaterThan(100);
  }
}
