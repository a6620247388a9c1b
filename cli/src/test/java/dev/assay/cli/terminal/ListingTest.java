package dev.assay.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.cli.terminal.Listing.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListingTest {
  private static final String ACCOUNT = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";

  private static Listing accounts() {
    return new Listing()
        .column("uid", Kind.NUMBER)
        .column("hotkey", Kind.ACCOUNT)
        .column("repository", Kind.TEXT)
        .spare("stake", Kind.NUMBER)
        .spare("age", Kind.NUMBER)
        .row(
            Cell.of(7),
            Cell.of(ACCOUNT),
            Cell.of("alice/gloss"),
            Cell.tao(1_500_000_000L),
            Cell.of(3));
  }

  @Test
  void withoutATerminalNothingIsShortened() {
    assertThat(accounts().lines(0))
        .containsExactly(
            "uid  hotkey                                            repository    stake  age",
            "  7  " + ACCOUNT + "  alice/gloss  1.5000    3");
  }

  @Test
  void anAccountGivesWayInItsMiddle() {
    List<String> lines = accounts().lines(50);

    assertThat(lines.get(1))
        .isEqualTo("  7  5GrwvaEF5…NoHGKutQY  alice/gloss  1.5000    3")
        .hasSize(50);
    assertThat(lines).hasSize(2);
  }

  @Test
  void aColumnThatCanBeSparedIsLeftOutAndNamed() {
    List<String> lines = accounts().lines(36);

    assertThat(lines).allMatch(line -> line.length() <= 80).hasSize(3);
    assertThat(lines.get(0)).doesNotContain("age").doesNotContain("stake");
    assertThat(lines.get(2)).isEqualTo("(no room for stake, age; --csv and --json have them)");
  }

  @Test
  void whatStrangersWriteNeitherMovesTheCursorNorFillsTheScreen() {
    Listing listing =
        new Listing()
            .column("text", Kind.TEXT)
            .row(Cell.of("\u001b[2J\u202egnp.exe<b>"))
            .row(Cell.of("x".repeat(10_240)));

    List<String> lines = listing.lines(0);

    assertThat(lines.get(1)).isEqualTo("?[2J?gnp.exe<b>");
    assertThat(lines.get(2)).hasSize(160).endsWith("x…");
    assertThat(listing.csv().get(1)).isEqualTo("?[2J?gnp.exe<b>");
  }

  @Test
  void csvHasExactFiguresAndNoFormulas() {
    Listing listing =
        new Listing()
            .column("amount", Kind.NUMBER)
            .column("text", Kind.TEXT)
            .row(Cell.tao(123_456_789L), Cell.of("=HYPERLINK(\"x\",1)"))
            .row(Cell.none(), Cell.of("plain"));

    assertThat(listing.csv())
        .containsExactly("amount,text", "0.123456789,\"'=HYPERLINK(\"\"x\"\",1)\"", ",plain");
    assertThat(listing.lines(0).get(1)).startsWith("0.1234");
  }
}
