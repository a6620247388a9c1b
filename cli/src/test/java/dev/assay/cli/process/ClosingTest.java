package dev.assay.cli.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClosingTest {
  private final List<String> closed = new ArrayList<>();

  @Test
  void theLastOpenedIsClosedFirstAndEachOnce() {
    Closing closing = new Closing();
    closing.add(() -> closed.add("folder"));
    closing.add(() -> closed.add("server in it"));

    closing.close();
    closing.close();

    assertThat(closed).containsExactly("server in it", "folder");
  }

  @Test
  void whatDoesNotCloseFailsTheCommandAfterAllElseIsClosed() {
    Closing closing = new Closing();
    closing.add(() -> closed.add("folder"));
    closing.add(
        () -> {
          throw new IOException("the disk is gone");
        });

    assertThatThrownBy(closing::close).hasMessageContaining("the disk is gone");
    assertThat(closed).containsExactly("folder");
  }
}
