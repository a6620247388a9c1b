package dev.assay.jobs.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChainTableTest {
  @ParameterizedTest
  @ValueSource(strings = {"metagraph", "commitments", "weights"})
  void everyColumnSaysWhatItHolds(String name) {
    assertThat(ChainTable.named(name).schema().fields())
        .allSatisfy(field -> assertThat(field.getComment().isDefined()).as(field.name()).isTrue());
    assertThat(Arrays.stream(ChainTable.named(name).schema().fieldNames())).doesNotHaveDuplicates();
  }
}
