package dev.assay.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationFaultsTest {
  @TempDir private Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("assay.yaml"), text);
  }

  @Test
  void aMeasureWithoutAUnitIsRefusedWithAnExample() throws IOException {
    Path file = file("hub: {silence: 30}\nspark: {executor_memory: plenty}\n");

    assertThat(faults(file))
        .containsExactly(
            file + ": hub.silence is 30; a time with its unit, such as 500ms, 30s, 5m or 2h",
            file
                + ": spark.executor_memory is plenty; a size with its unit, such as 64KiB, 512MiB"
                + " or 2GiB");
  }

  @Test
  void aMeasureOutsideItsLimitIsRefusedInItsUnit() throws IOException {
    Path file =
        file("hub: {silence: 1500ms}\nspark: {executor_memory: 1MiB}\nchain: {poll: -5s}\n");

    assertThat(faults(file))
        .containsExactly(
            file + ": chain.poll is -5s; at least 1ms and at most 2147483647ms, in steps of 1ms",
            file + ": hub.silence is 1500ms; at least 1s and at most 2147483647s, in steps of 1s",
            file + ": spark.executor_memory is 1MiB; from 471MiB to 2147483647MiB");
  }

  @Test
  void aNumberThatNoNumberHoldsIsRefusedLikeAnyOther() throws IOException {
    Path file = file("chain: {netuid: 99999999999999999999, mechanism: 1.5}\nspark: {ui: maybe}\n");

    assertThat(faults(file))
        .containsExactly(
            file + ": chain.netuid is 99999999999999999999; a whole number of at most 2147483647",
            file + ": chain.mechanism is 1.5; a whole number of at most 2147483647",
            file + ": spark.ui is maybe; true or false");
  }

  @Test
  void aKeyAndItsEarlierNameTogetherAreRefused() throws IOException {
    Path file = file("hub: {silence: 5s, silence_seconds: 6}\nchain: {poll_milliseconds: often}\n");

    assertThat(faults(file))
        .containsExactly(
            file
                + ": chain.poll_milliseconds is often; a whole number, or poll with a unit, such as"
                + " 30ms",
            file + ": hub.silence is also set as silence_seconds; keep one");
  }

  @Test
  void everythingThatIsWrongIsToldAtOnce() throws IOException {
    Path competitions =
        Files.writeString(
            folder.resolve("own.yaml"),
            """
            eras:
              - from_block: 0
                competitions:
                  - {id: z9, families: [], min_parameters: 0, max_parameters: 5, max_size: 0B,
                     tokenizer: byte, template: plain, sequence_length: 1, sample: 3, dtype: f64,
                     norms: {soft: 1, soft_share: 2, hard: 2}, base: "", reward_share: 1,
                     policy: nous-0.2.7}
                  - {id: z8, families: [llama], min_parameters: 0, max_parameters: 5, max_size: 0B,
                     tokenizer: byte, template: plain, sequence_length: 1, samples: 3, dtype: f64,
                     norms: {soft: 1, soft_share: 2, hard: 2}, base: "", reward_share: 1,
                     policy: none}
            """);
    Path file =
        file(
            """
            chain: {netuid: 70000, mechanism: 16, endpoint: []}
            window: {blocks: 10}
            evaluation: {competitions: own.yaml, attempts: many, threads: 0}
            submit: {latest_block: 10}
            """);

    assertThat(faults(file, Map.of("ASSAY_HUB_TOKEN", "a b")))
        .containsExactly(
            file + ": submit.latest_block is 10; at most 9, the window's last block",
            file + ": unknown key chain.endpoint; the nearest known one is endpoints",
            file + ": chain.netuid is 70000; from 0 to 65535",
            file + ": chain.mechanism is 16; from 0 to 15",
            file + ": evaluation.attempts is many; a whole number of at most 2147483647",
            file + ": evaluation.threads is 0; from 1 to 1024",
            competitions + ": competition_of_old_commitments is missing; give it a value",
            competitions + ": eras[0].competitions[0].samples is missing; give it a value",
            competitions
                + ": unknown key eras[0].competitions[0].sample; the nearest known one is samples",
            competitions + ": competition z9: dtype is f64; f32 or bf16",
            competitions + ": competition z9: norm_limits.soft_share: is 2, must be from 0 to 1",
            competitions
                + ": competition z9: families: is [], must name at least one, and none twice",
            competitions + ": competition z9: max_size: is 0, must be at least 1",
            competitions + ": competition z9: sequence_length: is 1, must be at least 2",
            competitions + ": competition z8: dtype is f64; f32 or bf16",
            competitions + ": competition z8: norm_limits.soft_share: is 2, must be from 0 to 1",
            competitions
                + ": competition z8: policy: is \"none\", must be one of [nous-0.2.7,"
                + " nous-0.2.7-ranked, assay-1]",
            competitions + ": competition z8: max_size: is 0, must be at least 1",
            competitions + ": competition z8: sequence_length: is 1, must be at least 2",
            "ASSAY_HUB_TOKEN contains a line break, a space or another character that tokens cannot"
                + " have; set it again without");
  }

  private static List<String> faults(Path file) {
    return faults(file, Map.of());
  }

  private static List<String> faults(Path file, Map<String, String> environment) {
    return catchThrowableOfType(
            ConfigurationException.class, () -> AssayConfiguration.load(file, environment))
        .faults();
  }
}
