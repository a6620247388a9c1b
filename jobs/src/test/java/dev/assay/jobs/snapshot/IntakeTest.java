package dev.assay.jobs.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.chain.keys.Keypair;
import dev.assay.jobs.config.DataSize;
import dev.assay.jobs.config.FeedSettings;
import dev.assay.jobs.config.filter.FilterSettings;
import dev.assay.jobs.config.filter.NearDuplicateSettings;
import dev.assay.jobs.config.filter.QuotaSettings;
import dev.assay.jobs.feed.FeedSample;
import dev.assay.jobs.feed.SampleSource.Page;
import dev.assay.jobs.origin.Offer;
import dev.assay.jobs.origin.Origin;
import dev.assay.jobs.origin.Origins;
import dev.assay.jobs.tables.SampleRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The sample is docs/feed.md's own example. */
class IntakeTest {
  private static final String ALICE_OR_BOB = "5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty";
  private static final String OTHER = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";
  private static final String EXAMPLE =
      """
      {"id":"e782a033529abec0362f81575b8f185d95263e3299bd4134ec21e2fdc23ddcfe","block":1,\
      "time":1700000012000,"source":"5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty",\
      "prompt":"What is a quintet?","response":"A musical composition for five performers.",\
      "signature":"8ac9c440824f229991fd920f16dc5b3fabfa0445123e893f21acd792d05ea06ba405fdd8f5574\
      5252fe8111c18c53756beed36349be70bf354ae6e669df47b87"}\
      """;

  private static final Origin ORIGIN = origin("http://feed");
  private static final Origin MIRROR = origin("http://mirror");

  private static Origin origin(String address) {
    return new Origin(
        address, (from, to) -> new Page(List.of(), OptionalLong.empty()), Set.of(ALICE_OR_BOB));
  }

  private static Intake intake(int maxPerSource, int maxBytes) {
    return intake(maxPerSource, maxBytes, List.of());
  }

  private static Intake intake(int maxPerSource, int maxBytes, List<String> unwanted) {
    return intake(maxPerSource, maxBytes, unwanted, FilterSettings.NONE);
  }

  private static Intake intake(
      int maxPerSource, int maxBytes, List<String> unwanted, FilterSettings filters) {
    return new Intake(
        new FeedSettings(
            "http://feed",
            List.of(),
            0,
            List.of(),
            100,
            maxPerSource,
            new DataSize(maxBytes),
            unwanted,
            filters,
            QuotaSettings.NONE),
        new Origins(List.of(ORIGIN, MIRROR)));
  }

  private static List<Offer> offers(List<String> lines) {
    return offers(ORIGIN, lines);
  }

  private static List<Offer> offers(Origin origin, List<String> lines) {
    return lines.stream().map(line -> new Offer(origin, FeedSample.offer(line, 1))).toList();
  }

  private static SnapshotReport report(Intake intake) {
    return intake.composition().report(1, 1, 0, 0, address -> 1);
  }

  private static String changed(String field, Object value) throws Exception {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode node = (ObjectNode) mapper.readTree(EXAMPLE);
    node.set(field, mapper.valueToTree(value));
    return node.toString();
  }

  @Test
  void aGenuineSampleIsTaken() {
    Intake intake = intake(9, 1000);

    List<SampleRow> rows = intake.rows(offers(List.of(EXAMPLE)), 1, 1);

    assertThat(rows).extracting(SampleRow::prompt).containsExactly("What is a quintet?");
    assertThat(rows.get(0).source()).isEqualTo(ALICE_OR_BOB);
  }

  @Test
  void refusalsAreCountedByTheRuleThatWasBroken() throws Exception {
    Intake intake = intake(9, 1000, List.of("musical"));

    intake.rows(
        offers(
            List.of(
                "{}",
                changed("block", 7),
                changed("prompt", "x".repeat(2000)),
                changed("source", OTHER),
                EXAMPLE,
                changed("response", "Five."),
                changed("response", "Six."))),
        1,
        1);

    SnapshotReport report = report(intake);
    assertThat(report.refused()).isEqualTo(7);
    assertThat(report.refusals())
        .containsEntry(Refusal.MALFORMED, 1)
        .containsEntry(Refusal.OTHER_BLOCKS, 1)
        .containsEntry(Refusal.TOO_LONG, 1)
        .containsEntry(Refusal.UNTRUSTED_SOURCE, 1)
        .containsEntry(Refusal.UNWANTED_PHRASE, 1)
        .containsEntry(Refusal.NOT_GENUINE, 2);
    assertThat(report.sources())
        .extracting(FromSource::source, FromSource::received, FromSource::refused)
        .containsExactlyInAnyOrder(tuple("", 1, 1), tuple(ALICE_OR_BOB, 5, 5), tuple(OTHER, 1, 1));
    assertThat(Refusal.UNTRUSTED_SOURCE.told(1920))
        .contains("1920 refused", "not trusted", "feed.sources");
  }

  /**
   * Defect 9 of the original: where a comma is missing between two literals, its list holds them as
   * one phrase, which no response contains.
   */
  @Test
  void everyUnwantedPhraseIsOneOfItsOwn() {
    String response = "A musical composition for five performers.";
    List<String> fused = List.of("five performers" + "I don't have beliefs");
    assertThat(fused).noneMatch(response::contains);

    List<String> listed = List.of("five performers", "I don't have beliefs");
    Intake intake = intake(9, 1000, listed);
    assertThat(intake.rows(offers(List.of(EXAMPLE)), 1, 1)).isEmpty();
    assertThat(report(intake).refused()).isEqualTo(1);
    assertThatThrownBy(() -> intake(9, 1000, List.of(" ")))
        .hasMessageContaining("feed.unwanted_phrases has a blank one");
  }

  @Test
  void whateverIsChangedInItIsRefused() throws Exception {
    Intake intake = intake(9, 1000);
    List<String> forged =
        List.of(
            changed("prompt", "What is a quartet?"),
            changed("response", "A musical composition for four performers."),
            changed("block", 2),
            changed("time", 1),
            changed("source", OTHER),
            changed("id", "00".repeat(32)),
            changed("signature", "00".repeat(64)),
            changed("signature", "not hex"),
            changed("source", "nobody"),
            "{}",
            "not json",
            "null");

    assertThat(intake.rows(offers(forged), 1, 2)).isEmpty();
    assertThat(report(intake).refused()).isEqualTo(forged.size());
  }

  /**
   * The table keeps the first: each validator has to keep the same, in whatever order they come.
   */
  @Test
  void ofATextThatIsSignedMoreThanOnceTheFirstDoesNotDependOnArrival() {
    List<String> lines = new ArrayList<>(List.of(EXAMPLE));
    for (int i = 0; i < 5; i++) {
      lines.add(signedAgain(1_700_000_012_000L + i % 2).line());
    }
    List<SampleRow> rows = intake(9, 1000).rows(offers(lines), 1, 1);
    Collections.reverse(lines);

    assertThat(rows)
        .hasSize(6)
        .extracting(SampleRow::sampleId)
        .containsOnly(rows.get(0).sampleId());
    assertThat(intake(9, 1000).rows(offers(lines), 1, 1)).isEqualTo(rows);
  }

  private static FeedSample signedAgain(long time) {
    return FeedSample.signed(
        Keypair.fromUri("//Bob"),
        1,
        1,
        Instant.ofEpochMilli(time),
        "What is a quintet?",
        "A musical composition for five performers.",
        Optional.empty());
  }

  @Test
  void samplesOutsideOfWhatWasAskedForAreRefused() {
    assertThat(intake(9, 1000).rows(offers(List.of(EXAMPLE)), 2, 9)).isEmpty();
  }

  @Test
  void aSampleThatIsTooLongIsRefused() {
    assertThat(intake(9, 20).rows(offers(List.of(EXAMPLE)), 1, 1)).isEmpty();
  }

  @Test
  void aResponseInAnotherLanguageIsRefused() {
    FilterSettings russian =
        new FilterSettings("none", 0, 0, List.of(), List.of("ru"), NearDuplicateSettings.NONE);
    Intake intake = intake(9, 1000, List.of(), russian);

    assertThat(intake.rows(offers(List.of(EXAMPLE)), 1, 1)).isEmpty();
    assertThat(report(intake).refusals()).isEqualTo(Map.of(Refusal.OTHER_LANGUAGE, 1));
  }

  @Test
  void aSourceBeyondItsQuotaIsCut() {
    Intake intake = intake(1, 1000);

    assertThat(intake.rows(offers(List.of(EXAMPLE, EXAMPLE)), 1, 1)).hasSize(1);
    assertThat(report(intake).overQuota()).isEqualTo(1);
  }

  @Test
  void whatTwoAddressesGiveCountsOnceAsTheFirstOnes() throws Exception {
    Intake intake = intake(1, 1000);
    List<Offer> both = new ArrayList<>(offers(List.of(EXAMPLE, "{}")));
    both.addAll(offers(MIRROR, List.of(EXAMPLE, changed("block", 7))));

    List<SampleRow> rows = intake.rows(both, 1, 1);

    assertThat(rows).extracting(SampleRow::origin).containsExactly(Optional.of("http://feed"));
    assertThat(report(intake).origins())
        .containsExactly(
            new FromOrigin("http://feed", 1, 2, 1, 1, Map.of(Refusal.MALFORMED, 1), 0),
            new FromOrigin("http://mirror", 1, 2, 1, 1, Map.of(Refusal.OTHER_BLOCKS, 1), 0));
  }

  @Test
  void howeverManySourcesAFeedNamesTheTrustedOnesAreToldApart() {
    Composition composition = new Composition(Set.of(ALICE_OR_BOB), List.of());
    for (int i = 0; i < 1000; i++) {
      SampleRow row = row("stranger " + i);
      composition.received(row);
      composition.refused(Refusal.UNTRUSTED_SOURCE, row);
    }
    composition.received(row(ALICE_OR_BOB));

    SnapshotReport report = composition.report(1, 1, 1, 1, address -> 1);

    assertThat(report.sources()).hasSize(102);
    assertThat(report.sources().get(0).source()).isEqualTo(ALICE_OR_BOB);
    assertThat(report.sources().get(0).taken()).isEqualTo(1);
    assertThat(report.sources().get(1).source()).isEqualTo("others");
    assertThat(report.refused()).isEqualTo(1000);
    assertThat(report.received()).isEqualTo(1001);
  }

  private static SampleRow row(String source) {
    return new SampleRow("00", "p", "r", source, 1, Instant.EPOCH, "00");
  }
}
