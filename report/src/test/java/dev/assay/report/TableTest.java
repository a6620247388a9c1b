package dev.assay.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TableTest {
  @Test
  void numbersAlignToTheRightAndWordsToTheLeft() {
    Table table = new Table("uid", "verdict").row("3", "ACCEPTED").row("12", "DUPLICATE");

    assertThat(table.lines()).containsExactly("uid  verdict", "  3  ACCEPTED", " 12  DUPLICATE");
  }

  @Test
  void aRowOfAnotherWidthIsRefused() {
    assertThatThrownBy(() -> new Table("uid").row("1", "2"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("2 cells under 1 headings");
  }
}
