package dev.assay.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;

class LimitsTest {
  @Test
  void everyFaultIsToldThoseOfPartsIncluded() {
    LimitsException refused =
        catchThrowableOfType(
            LimitsException.class,
            () ->
                Limits.all(
                    () -> Limits.atLeast("a", 0, 1),
                    () -> Limits.atLeast("b", 5, 1),
                    () ->
                        Limits.all(
                            () -> Limits.between("c", 9, 1, 2), () -> Limits.above("d", 0, 0))));

    assertThat(refused.faults())
        .containsExactly(
            "a: is 0, must be at least 1",
            "c: is 9, must be from 1 to 2",
            "d: is 0, must be above 0");
  }

  @Test
  void whatIsWithinItsLimitsPasses() {
    assertThatCode(() -> Limits.all(() -> Limits.atLeast("a", 1, 1))).doesNotThrowAnyException();
  }
}
