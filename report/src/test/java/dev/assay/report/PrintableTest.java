package dev.assay.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintableTest {
  @Test
  void escapeSequencesNeverReachATerminal() {
    assertThat(Printable.onTerminal("ok\u001b[2Jgone\r\n")).isEqualTo("ok?[2Jgone??");
  }

  @Test
  void charactersThatReverseTheWritingAreShownAsQuestionMarks() {
    assertThat(Printable.onTerminal("a\u202egnp")).isEqualTo("a?gnp");
  }

  @Test
  void ordinaryTextOfAnyScriptIsKept() {
    assertThat(Printable.onTerminal("Modell über 模型 😀")).isEqualTo("Modell über 模型 😀");
  }
}
