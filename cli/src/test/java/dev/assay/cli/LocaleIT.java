package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Figures look the same whatever the machine's language, digits and rules of letters are. */
class LocaleIT {
  @TempDir private Path folder;

  @Test
  void figuresAreTheSameInEveryLanguage() throws Exception {
    List<List<String>> commands =
        List.of(
            List.of("yuma", "--scenario", Path.of("..", "conf", "yuma-clipped.yaml").toString()),
            List.of(
                "simulate",
                "--scenario",
                "TWINS".toLowerCase(Locale.ROOT),
                "--policy",
                "assay-1",
                "--epochs",
                "3"),
            List.of("snapshot", "--config", folder.resolve("none.yaml").toString()));
    String english = said("en-US", commands);
    assertThat(english).contains("exit 0", "exit 2");

    for (String language : List.of("ar-EG", "fa-IR", "mr-IN", "de-DE", "tr-TR")) {
      assertThat(said(language, commands)).as(language).isEqualTo(english);
    }
  }

  @Test
  void aWordOfAnEnumIsFoundWithTurkishLetters() throws Exception {
    assertThat(
            said(
                "tr-TR",
                List.of(
                    List.of(
                        "loss", "--checkpoint", "none", "--samples", "none", "--dtype", "BF16"))))
        .doesNotContain("--dtype");
  }

  private static String said(String language, List<List<String>> commands) throws Exception {
    String[] parts = language.split("-", 2);
    List<String> flags =
        new ArrayList<>(List.of("-Duser.language=" + parts[0], "-Duser.country=" + parts[1]));
    flags.addAll(List.of("-Djava.locale.providers=CLDR", "-Dfile.encoding=UTF-8"));
    return OwnProcess.said(flags, commands);
  }
}
