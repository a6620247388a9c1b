package dev.assay.jobs.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.chain.keys.Keypair;
import dev.assay.jobs.config.ConfigurationException;
import dev.assay.jobs.feed.FeedSample;
import dev.assay.jobs.feed.OfferedSample;
import dev.assay.jobs.feed.SampleSource;
import dev.assay.jobs.tables.RowMapping;
import dev.assay.jobs.tables.SampleRow;
import dev.assay.localnet.hub.HubOptions;
import dev.assay.localnet.hub.HubServer;
import dev.assay.model.hub.HubClient;
import dev.assay.model.hub.RepositoryId;
import dev.assay.model.hub.http.AccessToken;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetSourceTest {
  private static final String GENESIS = "0x" + "ab".repeat(32);
  private static final int NETUID = 18;
  private static final Keypair ALICE = Keypair.fromUri("//Alice");
  private static final Set<String> TRUSTED = Set.of(ALICE.account().ss58());
  private static final RepositoryId TALK = RepositoryId.dataset("alice", "talk");
  private static final Schema TEXTS =
      new Schema(
          NestedField.optional(1, "question", Types.StringType.get()),
          NestedField.optional(2, "answer", Types.StringType.get()));

  @TempDir private Path folder;
  private HubServer hub;

  @BeforeEach
  void start() throws Exception {
    hub =
        HubServer.start(
            HubOptions.local(
                folder.resolve("hub"), Map.of("alice", "token"), Instant.EPOCH.plusSeconds(1)));
  }

  @AfterEach
  void stop() {
    hub.close();
  }

  private String published(Path file) throws Exception {
    HubClient client = HubClient.of(hub.address(), AccessToken.of("token"));
    client.createRepository(TALK);
    return "datasets+hf://alice/talk@"
        + client.commit(TALK, "talk", Map.of("data/train-00000-of-00001.parquet", file));
  }

  private static String vouched(String address) {
    String signed =
        address + "&blocks=10-29&voucher=" + ALICE.account().ss58() + "&at=2026-01-01T00:00:00Z";
    byte[] text = DatasetSource.vouched(GENESIS, NETUID, signed).getBytes(StandardCharsets.UTF_8);
    return signed + "&signature=" + HexFormat.of().formatHex(ALICE.sign(text));
  }

  private SampleSource source(String address) {
    return DatasetSource.of(
        URI.create(address), NETUID, HubClient.of(hub.address()), folder.resolve("cache"));
  }

  private static List<Map<String, Object>> questions(int count) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(Map.of("question", "What is " + i + "?", "answer", "A number, " + i + "."));
    }
    return rows;
  }

  private static List<SampleRow> rows(SampleSource.Page page) {
    return page.offers().stream().flatMap(Optional::stream).map(OfferedSample::row).toList();
  }

  private static boolean areGenuine(SampleSource.Page page) {
    return page.offers().stream().allMatch(offer -> offer.orElseThrow().genuine().getAsBoolean());
  }

  @Test
  void aVouchedDatasetSpreadsItsRowsOverTheBlocksThatItNames() throws Exception {
    Path file = DatasetFiles.write(folder.resolve("a.parquet"), TEXTS, questions(200));
    SampleSource source = source(vouched(published(file) + "?prompt=question&response=answer"));

    assertThat(areGenuine(source.samples(1, 40))).isFalse();
    source.require(GENESIS, TRUSTED);
    SampleSource.Page all = source.samples(1, 40);
    List<SampleRow> parts = new ArrayList<>(rows(source.samples(1, 19)));
    parts.addAll(rows(source.samples(20, 40)));

    assertThat(all.nextBlock()).isEmpty();
    assertThat(areGenuine(all)).isTrue();
    assertThat(rows(all)).hasSize(200).containsExactlyInAnyOrderElementsOf(parts);
    assertThat(rows(all)).extracting(SampleRow::source).containsOnly(ALICE.account().ss58());
    assertThat(rows(all))
        .allMatch(row -> row.block() >= 10 && row.block() <= 29)
        .allMatch(row -> row.signature().startsWith("dataset:"))
        .allMatch(row -> row.sampleId().equals(FeedSample.idOf(row.prompt(), row.response())));
    assertThat(rows(all).stream().map(SampleRow::block).distinct()).hasSize(20);
    assertThat(rows(source.samples(30, 40))).isEmpty();
  }

  @Test
  void aDatasetOfSignedSamplesNeedsNoVoucher() throws Exception {
    FeedSample sample =
        FeedSample.signed(
            ALICE, NETUID, 12, Instant.ofEpochSecond(9), "Who?", "Me.", Optional.empty());
    Path file = folder.resolve("a.parquet");
    Schema schema = RowMapping.schema(FeedSample.class);
    DatasetFiles.write(
        file,
        schema,
        List.of(
            Map.of(
                "id", sample.id(),
                "block", sample.block(),
                "time", sample.time(),
                "source", sample.source(),
                "prompt", sample.prompt(),
                "response", sample.response(),
                "signature", sample.signature())));
    SampleSource source = source(published(file));

    source.require(GENESIS, TRUSTED);

    assertThat(rows(source.samples(1, 20))).hasSize(1);
    assertThat(areGenuine(source.samples(1, 20))).isTrue();
    assertThat(rows(source.samples(13, 20))).isEmpty();
  }

  @Test
  void whoeverVouchesMustBeTrustedAndHaveSignedJustThat() {
    String address =
        "datasets+hf://alice/talk@" + "0a".repeat(20) + "?prompt=question&response=answer";

    assertThatThrownBy(() -> source(vouched(address)).require(GENESIS, Set.of()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("vouches for it, who is not trusted");
    assertThatThrownBy(
            () -> source(vouched(address).replace("10-29", "10-28")).require(GENESIS, TRUSTED))
        .hasMessageContaining("its signature is not that of");
    assertThatThrownBy(() -> source(vouched(address)).require("0x" + "cd".repeat(32), TRUSTED))
        .hasMessageContaining("its signature is not that of");
  }

  @Test
  void aDatasetThatIsNotThereOrHasOtherColumnsIsTold() throws Exception {
    String address =
        vouched("datasets+hf://alice/talk@" + "0a".repeat(20) + "?prompt=question&response=answer");

    assertThatThrownBy(() -> source(address).samples(1, 20))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("a dataset: ");
    Path file = DatasetFiles.write(folder.resolve("a.parquet"), TEXTS, questions(2));
    String other = vouched(published(file) + "?prompt=question&response=reply");
    assertThatThrownBy(() -> source(other).samples(1, 20))
        .hasMessageContaining("data/train-00000-of-00001.parquet: it has no column reply of texts");
  }
}
