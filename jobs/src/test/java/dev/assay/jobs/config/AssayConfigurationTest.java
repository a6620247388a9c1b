package dev.assay.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.chain.timelock.DrandChain;
import dev.assay.jobs.config.filter.FilterSettings;
import dev.assay.jobs.config.filter.NearDuplicateSettings;
import dev.assay.jobs.config.filter.QuotaSettings;
import dev.assay.score.roster.RosterRules;
import dev.assay.score.rules.Competition;
import dev.assay.score.rules.ComputationBounds;
import dev.assay.score.rules.NormBounds;
import dev.assay.score.rules.Policy;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AssayConfigurationTest {
  @TempDir private Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("assay.yaml"), text);
  }

  @Test
  void shippedDefaultsAreTheRecordedOnes() {
    AssayConfiguration defaults = AssayConfiguration.defaults();

    assertThat(defaults.chain())
        .isEqualTo(
            new ChainSettings(
                List.of("https://entrypoint-finney.opentensor.ai:443"),
                6,
                0,
                Duration.ofSeconds(1)));
    assertThat(defaults.hub())
        .isEqualTo(new HubSettings("https://huggingface.co", List.of(), Duration.ofSeconds(30)));
    assertThat(defaults.feed())
        .isEqualTo(
            new FeedSettings(
                "",
                List.of(),
                0,
                List.of(),
                100_000,
                256,
                new DataSize(65_536),
                List.of(),
                new FilterSettings(
                    "corrected", 0, 0, List.of(), List.of(), new NearDuplicateSettings(0.8, 4)),
                QuotaSettings.NONE));
    assertThat(defaults.window()).isEqualTo(new WindowSettings(100));
    assertThat(defaults.evaluation())
        .isEqualTo(
            new EvaluationSettings(
                "competitions.yaml",
                ".assay/cache",
                new DataSize(0),
                0,
                Duration.ofMinutes(20),
                2,
                1,
                0,
                "auto",
                0.95,
                200,
                new RosterRules(64, 8, 32)));
    assertThat(defaults.submit())
        .isEqualTo(
            new SubmitSettings(
                "~/.bittensor/wallets",
                "default",
                "default",
                0,
                64,
                Duration.ofMinutes(5),
                "timelock",
                Duration.ofSeconds(12),
                defaults.submit().beacon(),
                "none",
                0));
    assertThat(defaults.submit().beacon().chain()).isEqualTo(DrandChain.QUICKNET);
    assertThat(defaults.paths())
        .isEqualTo(new PathSettings(".assay/warehouse", ".assay/bundles", ".assay/events"));
  }

  @Test
  void shippedCompetitionsAreTheOriginals() {
    CompetitionSettings competitions = AssayConfiguration.defaults().competitions();
    Policy policy = Policy.named(Policy.ORIGINAL_RANKED);

    assertThat(competitions.competitionOfOldCommitments()).isEqualTo("m1");
    assertThat(competitions.schedule().at(3_000_000))
        .containsExactly(
            new Competition(
                "l3",
                List.of("llama"),
                0,
                8L << 30,
                15L << 30,
                "NousResearch/Meta-Llama-3-8B-Instruct",
                "llama3",
                2048,
                400,
                0.6,
                "bf16",
                Optional.of(new NormBounds(200, 0.15, 1000)),
                ComputationBounds.of(8L << 30),
                Optional.empty(),
                policy),
            new Competition(
                "s1",
                List.of("stablelm"),
                0,
                2L << 30,
                15L << 30,
                "stabilityai/stablelm-2-zephyr-1_6b",
                "zephyr",
                2048,
                400,
                0.4,
                "bf16",
                Optional.of(new NormBounds(200, 0.15, 1000)),
                ComputationBounds.of(2L << 30),
                Optional.empty(),
                policy));
    assertThat(competitions.schedule().find(2_849_999, "m1")).isPresent();
  }

  @Test
  void anOperatorStatesOnlyWhatDiffers() throws IOException {
    AssayConfiguration loaded =
        AssayConfiguration.load(
            file("window:\n  blocks: 32\nchain:\n  endpoints: [ws://127.0.0.1:9944]\n"), Map.of());

    assertThat(loaded.window()).isEqualTo(new WindowSettings(32));
    assertThat(loaded.chain().endpoints()).containsExactly("ws://127.0.0.1:9944");
    assertThat(loaded.chain().netuid()).isEqualTo(6);
  }

  @Test
  void anUnknownKeyIsRefusedWithItsFileAndTheNearestKnownKey() throws IOException {
    Path file = file("window:\n  block: 32\n");

    assertThatThrownBy(() -> AssayConfiguration.load(file, Map.of()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("%s: unknown key window.block; the nearest known one is blocks", file);
  }

  @Test
  void aKeyThatStandsTwiceIsRefused() throws IOException {
    Path file = file("window:\n  blocks: 32\n  blocks: 33\n");

    assertThatThrownBy(() -> AssayConfiguration.load(file, Map.of()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("%s line 3: the key blocks stands there twice; keep one", file);
  }

  @Test
  void aValueOutOfBoundsIsRefusedWithItsLimit() throws IOException {
    Path file = file("submit:\n  era_blocks: 100\n");

    assertThatThrownBy(() -> AssayConfiguration.load(file, Map.of()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("%s: submit.era_blocks is 100; a power of two from 4 to 65536", file);
  }

  @Test
  void aBeaconThatCannotOpenTimelocksIsRefused() throws IOException {
    Path otherScheme = file("submit:\n  beacon: {scheme: pedersen-bls-chained}\n");
    assertThatThrownBy(() -> AssayConfiguration.load(otherScheme, Map.of()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("submit.beacon.scheme is pedersen-bls-chained; only bls-unchained");
    Path noKey = file("submit:\n  beacon: {public_key: abcd}\n");
    assertThatThrownBy(() -> AssayConfiguration.load(noKey, Map.of()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("submit.beacon.public_key is abcd; 192 hexadecimal digits");
  }

  @Test
  void anEmptiedSettingIsRefused() throws IOException {
    Path file = file("window:\n  blocks:\n");

    assertThatThrownBy(() -> AssayConfiguration.load(file, Map.of()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("window.blocks");
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    Path file = folder.resolve("nowhere.yaml");

    assertThatThrownBy(() -> AssayConfiguration.load(file, Map.of()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("%s does not exist; give another file", file);
  }

  @Test
  void competitionsBesideTheFileAreTaken() throws IOException {
    Files.writeString(
        folder.resolve("own.yaml"),
        """
        competition_of_old_commitments: z9
        eras:
          - from_block: 0
            competitions:
              - {id: z9, families: [qwen2], min_parameters: 0, max_parameters: 5, max_size: 9B,
                 tokenizer: byte, template: plain, sequence_length: 16, samples: 3, dtype: f32,
                 norms: {soft: 1, soft_share: 0, hard: 2}, base: "", reward_share: 1, policy: nous-0.2.7}
        """);

    AssayConfiguration loaded =
        AssayConfiguration.load(file("evaluation:\n  competitions: own.yaml\n"), Map.of());

    assertThat(loaded.competitions().competitionOfOldCommitments()).isEqualTo("z9");
    assertThat(loaded.competitions().schedule().find(0, "z9")).isPresent();
  }

  @Test
  void theDemosCompetitionsAreBuiltIn() throws IOException {
    AssayConfiguration loaded =
        AssayConfiguration.load(
            file("evaluation:\n  competitions: competitions-demo.yaml\n"), Map.of());

    assertThat(loaded.competitions().schedule().find(0, "b1")).isPresent();
  }

  @Test
  void rewardSharesThatDoNotSumToOneAreRefused() throws IOException {
    Files.writeString(
        folder.resolve("own.yaml"),
        """
        competition_of_old_commitments: z9
        eras:
          - from_block: 0
            competitions:
              - {id: z9, families: [qwen2], min_parameters: 0, max_parameters: 5, max_size: 9B,
                 tokenizer: byte, template: plain, sequence_length: 16, samples: 3, dtype: f32,
                 norms: {soft: 1, soft_share: 0, hard: 2}, base: "", reward_share: 0.5, policy: nous-0.2.7}
        """);
    Path file = file("evaluation:\n  competitions: own.yaml\n");

    assertThatThrownBy(() -> AssayConfiguration.load(file, Map.of()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("own.yaml")
        .hasMessageContaining("sum of reward_share: is 0.5, must be 1");
  }

  @Test
  void anAddressWithoutASchemeIsRefusedByItsKey() throws IOException {
    for (String key : new String[] {"hub", "feed"}) {
      Path file = file(key + ":\n  endpoint: 127.0.0.1:8080\n");

      assertThatThrownBy(() -> AssayConfiguration.load(file, Map.of()))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining(key + ".endpoint is 127.0.0.1:8080; an address such as https://");
    }
  }

  @Test
  void aMistypedSourceIsRefusedByItsKey() throws IOException {
    Path file = file("feed:\n  sources: [5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQX]\n");

    assertThatThrownBy(() -> AssayConfiguration.load(file, Map.of()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("feed.sources")
        .hasMessageContaining("checksum");
  }

  @Test
  void aTokenWithALineBreakIsRefusedByItsVariableAndNotShown() throws IOException {
    Path file = file("");

    assertThatThrownBy(
            () -> AssayConfiguration.load(file, Map.of("ASSAY_HUB_TOKEN", "hf_verysecret\n")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("ASSAY_HUB_TOKEN")
        .hasMessageNotContaining("hf_verysecret");
  }

  @Test
  void aValueOfAnotherKindIsToldWithoutAClass() throws IOException {
    Path file = file("chain: 5\n");
    assertThatThrownBy(() -> AssayConfiguration.load(file, Map.of()))
        .hasMessage(file + ": chain does not fit; it is a map of keys");
    Path text = file("chain: {netuid: six}\n");
    assertThatThrownBy(() -> AssayConfiguration.load(text, Map.of()))
        .hasMessageContaining("chain.netuid is six; a whole number");
    Path fraction = file("chain: {netuid: 6.5}\n");
    assertThatThrownBy(() -> AssayConfiguration.load(fraction, Map.of()))
        .hasMessageContaining("chain.netuid");
  }

  @Test
  void aSectionWithNothingInItChangesNothing() throws IOException {
    assertThat(AssayConfiguration.load(file("chain:\n"), Map.of()).chain().netuid()).isEqualTo(6);
  }

  @Test
  void secretsComeFromTheEnvironmentAndAreNeverPrinted() throws IOException {
    AssayConfiguration loaded =
        AssayConfiguration.load(
            file(""),
            Map.of(
                "ASSAY_HUB_TOKEN", "hf_verysecret",
                "ASSAY_HOTKEY_PASSWORD", "opensesame",
                "ASSAY_WAREHOUSE", "/data/warehouse"));

    assertThat(loaded.secrets().hubToken()).contains("hf_verysecret");
    assertThat(loaded.paths().warehouse()).isEqualTo("/data/warehouse");
    assertThat(loaded.toString() + loaded.effective())
        .doesNotContain("hf_verysecret")
        .doesNotContain("opensesame");
  }

  @Test
  void theEffectiveConfigurationHoldsEverySection() {
    assertThat(AssayConfiguration.defaults().effective())
        .contains("\"chain\"", "\"window\"", "\"competitions\"", "\"max_bytes\"");
  }

  /** Bundles are compared and signed: a configuration is published with the same bytes. */
  @Test
  void theEffectiveConfigurationKeepsItsBytes() throws IOException {
    try (InputStream recorded = getClass().getResourceAsStream("effective-2.json")) {
      assertThat(AssayConfiguration.defaults().effective() + "\n")
          .isEqualTo(new String(recorded.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  /** What is published is read under the names that an operator may write, and comes out again. */
  @Test
  void theEffectiveConfigurationIsWhatAnOperatorCouldWrite() throws Exception {
    String published = AssayConfiguration.defaults().effective();
    ObjectNode effective = (ObjectNode) new ObjectMapper().readTree(published);
    assertThat(effective.remove("version").asInt()).isEqualTo(2);
    Files.writeString(
        folder.resolve("competitions.yaml"), effective.remove("competitions").toString());

    assertThat(AssayConfiguration.load(file(effective.toString()), Map.of()).effective())
        .isEqualTo(published);
  }

  @Test
  void asManyParametersAsCanBeCountedAreALimitLikeAnyOther() throws IOException {
    Files.writeString(
        folder.resolve("own.yaml"),
        Files.readString(Path.of("..", "conf", "competitions-demo.yaml"))
            .replace("max_parameters: 20000000", "max_parameters: " + Long.MAX_VALUE));

    AssayConfiguration loaded =
        AssayConfiguration.load(file("evaluation: {competitions: own.yaml}\n"), Map.of());

    assertThat(loaded.competitions().schedule().at(0).get(0).maxParameters())
        .isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void timesAndSizesHaveUnits() throws IOException {
    AssayConfiguration loaded =
        AssayConfiguration.load(
            file(
                """
                chain: {poll: 250ms}
                evaluation: {deadline: 1.5h}
                spark: {executor_memory: 2GiB}
                feed: {max_sample_size: 1MB}
                """),
            Map.of());

    assertThat(loaded.chain().poll()).isEqualTo(Duration.ofMillis(250));
    assertThat(loaded.evaluation().deadline()).isEqualTo(Duration.ofMinutes(90));
    assertThat(loaded.spark().executorMebibytes()).isEqualTo(2048);
    assertThat(loaded.feed().maxSampleSize()).isEqualTo(new DataSize(1_000_000));
  }
}
