package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Figures look the same whatever the machine's language, digits and rules of letters are. */
class LocaleIT {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"ar-EG", "fa-IR", "mr-IN", "de-DE", "tr-TR"})
  void figuresAreTheSameInEveryLanguage(String language) throws Exception {
    String scenario = Path.of("..", "conf", "yuma-clipped.yaml").toString();
    for (List<String> words :
        List.of(
            List.of("yuma", "--scenario", scenario),
            List.of(
                "simulate",
                "--scenario",
                "TWINS".toLowerCase(java.util.Locale.ROOT),
                "--policy",
                "assay-1",
                "--epochs",
                "3"),
            List.of("snapshot", "--config", folder.resolve("none.yaml").toString()))) {
      assertThat(said(language, words)).isEqualTo(said("en-US", words));
    }
  }

  @Test
  void aWordOfAnEnumIsFoundWithTurkishLetters() throws Exception {
    assertThat(
            said(
                "tr-TR",
                List.of("loss", "--checkpoint", "none", "--samples", "none", "--dtype", "BF16")))
        .doesNotContain("--dtype");
  }

  private String said(String language, List<String> words)
      throws IOException, InterruptedException {
    String[] parts = language.split("-", 2);
    List<String> line =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Duser.language=" + parts[0],
                "-Duser.country=" + parts[1],
                "-Djava.locale.providers=CLDR",
                "-Dfile.encoding=UTF-8",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.assay.cli.Main"));
    line.addAll(words);
    Path output = folder.resolve("output");
    Process process =
        new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(output.toFile()).start();
    int code = process.waitFor();
    return code + " " + Files.readString(output, StandardCharsets.UTF_8);
  }
}
