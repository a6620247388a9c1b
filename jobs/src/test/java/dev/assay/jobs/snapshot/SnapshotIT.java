package dev.assay.jobs.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.chain.rpc.HttpRpcClient;
import dev.assay.chain.rpc.RpcClient;
import dev.assay.chain.rpc.RpcLimits;
import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.jobs.feed.FeedSample;
import dev.assay.jobs.progress.Progress;
import dev.assay.jobs.recorded.RecordedFolder;
import dev.assay.jobs.recorded.RecordedFormat;
import dev.assay.jobs.recorded.RecordedSnapshots;
import dev.assay.jobs.recorded.Recording;
import dev.assay.jobs.tables.SampleRow;
import dev.assay.jobs.tables.Warehouse;
import dev.assay.localnet.chain.genesis.DevelopmentAccounts;
import dev.assay.localnet.chain.genesis.Genesis;
import dev.assay.localnet.chain.genesis.SubnetGenesis;
import dev.assay.localnet.node.ChainNode;
import dev.assay.localnet.node.Sealing;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Snapshots at block 30, in window 3 of 10 blocks, whose samples begin with block 20. */
class SnapshotIT {
  private static final int BLOCKS = 30;
  private static final OptionalLong AS_EVER = OptionalLong.empty();

  @TempDir private Path folder;
  private ChainNode chain;
  private double resemblance;
  private int windowsBack = 1;
  private String quotas = "{}";
  private int mostSamples = 100_000;

  @BeforeEach
  void start() throws Exception {
    Genesis genesis =
        new Genesis(
            1,
            1_767_225_600_000L,
            DevelopmentAccounts.account("Alice"),
            DevelopmentAccounts.balances(),
            List.of(SubnetGenesis.of(RecordedSnapshots.NETUID)));
    chain = ChainNode.start(genesis, Sealing.INSTANT, 0);
    try (RpcClient rpc = new HttpRpcClient(chain.http(), RpcLimits.DEFAULT)) {
      for (int i = 0; i < BLOCKS; i++) {
        rpc.call("engine_createBlock", true, true);
      }
    }
  }

  @AfterEach
  void stop() {
    chain.close();
  }

  private String file(List<FeedSample> samples) throws Exception {
    Path file = folder.resolve("samples.ndjson");
    Files.writeString(
        file, samples.stream().map(FeedSample::line).collect(Collectors.joining("\n")));
    return file.toUri().toString();
  }

  private AssayConfiguration configuration(String validator, String feed) throws Exception {
    return configuration(validator, feed, "[]");
  }

  private AssayConfiguration configuration(String validator, String feed, String endpoints)
      throws Exception {
    Path file = folder.resolve(validator + ".yaml");
    Files.writeString(
        file,
        """
        chain: {endpoints: ["%s"], netuid: 1}
        feed:
          endpoint: "%s"
          endpoints: %s
          sources: ["%s"]
          max_samples: %d
          quotas: %s
          filters: {near_duplicates: {resemblance: %s, windows_back: %d}}
        window: {blocks: 10}
        paths: {warehouse: "%s"}
        """
            .formatted(
                chain.http(),
                feed,
                endpoints,
                RecordedSnapshots.RECORDER.account().ss58(),
                mostSamples,
                quotas,
                resemblance,
                windowsBack,
                folder.resolve(validator)));
    return AssayConfiguration.load(file, Map.of());
  }

  private SnapshotReport snapshot(String validator, String feed, OptionalLong from)
      throws Exception {
    return Snapshot.run(configuration(validator, feed), from, Progress.silent());
  }

  private SnapshotReport ofSeveral(String endpoints) throws Exception {
    return Snapshot.run(configuration("several", "", endpoints), AS_EVER, Progress.silent());
  }

  private List<SampleRow> rows(String validator) {
    try (Warehouse warehouse =
        Warehouse.open(folder.resolve(validator).toString(), new Configuration())) {
      return warehouse.table(SampleRow.TABLE).rows();
    }
  }

  @Test
  void aNewTableReachesBackWhereItIsAskedTo() throws Exception {
    String feed = file(RecordedSnapshots.samples(1, BLOCKS));

    assertThat(snapshot("a", feed, AS_EVER).fromBlock()).isEqualTo(20);
    assertThat(rows("a")).hasSize(22);
    SnapshotReport back = snapshot("a", feed, OptionalLong.of(5));
    assertThat(back.fromBlock()).isEqualTo(5);
    assertThat(back.written()).isEqualTo(30);
    assertThat(back.known()).isEqualTo(22);
    assertThat(rows("a")).hasSize(52);
  }

  @Test
  void takenTwiceASnapshotSaysThatNothingIsNew() throws Exception {
    String feed = file(RecordedSnapshots.samples(1, BLOCKS));
    snapshot("a", feed, AS_EVER);

    SnapshotReport again = snapshot("a", feed, AS_EVER);

    assertThat(again.written()).isZero();
    assertThat(again.toBlock()).isEqualTo(again.fromBlock() - 1);
  }

  @Test
  void blocksAreNeverSkipped() throws Exception {
    SnapshotReport report =
        snapshot("a", file(RecordedSnapshots.samples(1, BLOCKS)), OptionalLong.of(25));

    assertThat(report.fromBlock()).isEqualTo(20);
  }

  @Test
  void aSourceThatRewritesWhatItGaveBeforeIsNotFollowed() throws Exception {
    snapshot("a", file(RecordedSnapshots.samples(20, BLOCKS)), AS_EVER);
    List<SampleRow> before = rows("a");
    List<FeedSample> rewritten =
        List.of(
            RecordedSnapshots.sample(22, "What is 22?", "A number."),
            RecordedSnapshots.sample(22, "What is 22?", "Another answer."),
            RecordedSnapshots.sample(19, "What is 19?", "A number."));

    SnapshotReport report = snapshot("a", file(rewritten), OptionalLong.of(19));

    assertThat(report.refusals()).isEqualTo(Map.of(Refusal.REWRITTEN, 1));
    assertThat(report.written()).isEqualTo(1);
    assertThat(rows("a")).containsAll(before).hasSize(before.size() + 1);
  }

  @Test
  void theOrderAndTheRepetitionsOfASourceChangeNothing() throws Exception {
    List<FeedSample> samples = RecordedSnapshots.samples(20, BLOCKS);
    snapshot("a", file(samples), AS_EVER);
    List<FeedSample> shuffled = new ArrayList<>(samples);
    shuffled.addAll(samples);
    Collections.shuffle(shuffled, new Random(1));
    snapshot("b", file(shuffled), AS_EVER);

    assertThat(rows("b")).containsExactlyInAnyOrderElementsOf(rows("a"));
  }

  @Test
  void whatOneValidatorHasRecordedAnotherAdopts() throws Exception {
    record("recorded", Long.MAX_VALUE);

    snapshot("b", "recorded+" + folder.resolve("recorded").toUri(), OptionalLong.of(1));

    assertThat(rows("b"))
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("origin")
        .containsExactlyInAnyOrderElementsOf(rows("a"))
        .hasSize(60);
  }

  @Test
  void severalSourcesAreReadAtOnceEachWithinItsQuota() throws Exception {
    record("recorded", BLOCKS);
    String recorded = "recorded+" + folder.resolve("recorded").toUri();
    List<FeedSample> others = new ArrayList<>();
    for (int block = 1; block <= BLOCKS; block++) {
      others.add(RecordedSnapshots.sample(block, "Where is " + block + "?", "After it."));
    }
    String file = file(others);

    SnapshotReport report =
        ofSeveral("[\"%s\", {address: \"%s\", share: 0.2}]".formatted(recorded, file));

    // Whole windows: of blocks 20 to 29, two samples a block and one.
    assertThat(report.written()).isEqualTo(25);
    assertThat(report.origins())
        .containsExactly(
            new FromOrigin(recorded, 29, 20, 20, 0, Map.of(), 0),
            new FromOrigin(file, 29, 10, 5, 5, Map.of(Refusal.ORIGIN_QUOTA, 5), 0));
    assertThat(rows("several"))
        .extracting(row -> row.origin().orElseThrow())
        .containsOnly(recorded, file);
  }

  @Test
  void withoutOneOfItsSourcesNothingIsTaken() throws Exception {
    String sound = file(RecordedSnapshots.samples(1, BLOCKS));
    String missing = folder.resolve("missing.ndjson").toUri().toString();

    assertThatThrownBy(() -> ofSeveral("[\"%s\", \"%s\"]".formatted(sound, missing)))
        .hasMessageContaining("of 2 sources 1 failed")
        .hasMessageContaining(missing + ": feed.endpoint names");
    assertThat(rows("several")).isEmpty();
  }

  /** Sixty words that no other story has. */
  private static String story(int number) {
    Random words = new Random(number);
    return IntStream.range(0, 60)
        .mapToObj(i -> Integer.toString(words.nextInt(100_000), 36))
        .collect(Collectors.joining(" "));
  }

  private static String retold(int number) {
    return "By the way, " + story(number);
  }

  private static List<FeedSample> stories() throws Exception {
    List<FeedSample> samples = new ArrayList<>();
    for (int block = 1; block <= BLOCKS; block++) {
      samples.add(RecordedSnapshots.sample(block, "Story " + block, story(block)));
      samples.add(RecordedSnapshots.sample(block, "Tale " + block, retold(block)));
      samples.add(
          RecordedSnapshots.sample(block, "Again " + block, retold(Math.max(1, block - 9))));
    }
    return samples;
  }

  private List<String> prompts(String validator) {
    return rows(validator).stream().map(SampleRow::prompt).sorted().toList();
  }

  @Test
  void whatResemblesAnEarlierSampleIsRefused() throws Exception {
    resemblance = 0.8;

    SnapshotReport report = snapshot("a", file(stories()), OptionalLong.of(1));

    assertThat(report.refusals()).containsOnlyKeys(Refusal.NEAR_DUPLICATE);
    assertThat(report.written()).isEqualTo(BLOCKS);
    assertThat(rows("a").stream().map(SampleRow::block).distinct()).hasSize(BLOCKS);
  }

  @Test
  void itIsTheSameInHoweverManySnapshotsSamplesCome() throws Exception {
    resemblance = 0.8;
    snapshot("a", file(stories()), OptionalLong.of(1));
    for (int block = 7; block <= BLOCKS; block += 7) {
      int upTo = block;
      snapshot(
          "b",
          file(stories().stream().filter(each -> each.block() <= upTo).toList()),
          OptionalLong.of(1));
    }
    List<FeedSample> shuffled = new ArrayList<>(stories());
    shuffled.addAll(stories());
    Collections.shuffle(shuffled, new Random(1));
    snapshot("b", file(shuffled), OptionalLong.of(1));

    assertThat(prompts("b")).isEqualTo(prompts("a"));
    assertThat(snapshot("b", file(shuffled), OptionalLong.of(1)).written()).isZero();
  }

  @Test
  void onlySoManyWindowsBackAreCompared() throws Exception {
    resemblance = 0.8;
    List<FeedSample> far =
        List.of(
            RecordedSnapshots.sample(5, "Story", story(1)),
            RecordedSnapshots.sample(15, "Tale", retold(1)),
            RecordedSnapshots.sample(25, "Tale", retold(1) + "!"));

    assertThat(snapshot("near", file(far.subList(0, 2)), OptionalLong.of(1)).written()).isOne();
    assertThat(snapshot("near", file(far), OptionalLong.of(1)).written()).isOne();
    windowsBack = 2;
    assertThat(snapshot("far", file(far), OptionalLong.of(1)).written()).isOne();
  }

  @Test
  void withAQuotaWholeWindowsAreTakenInHoweverManySnapshotsTheyCome() throws Exception {
    quotas = "{source: {most: 7}}";
    List<FeedSample> samples = RecordedSnapshots.samples(1, BLOCKS);

    SnapshotReport report = snapshot("a", file(samples), OptionalLong.of(5));

    assertThat(report.fromBlock()).isEqualTo(1);
    assertThat(report.toBlock()).isEqualTo(29);
    assertThat(report.written()).isEqualTo(3 * 7);
    assertThat(report.refusals()).isEqualTo(Map.of(Refusal.SOURCE_QUOTA, 2 * 29 - 3 * 7));
    Map<Long, Long> byWindow =
        rows("a").stream()
            .collect(Collectors.groupingBy(row -> row.block() / 10, Collectors.counting()));
    assertThat(byWindow).isEqualTo(Map.of(0L, 7L, 1L, 7L, 2L, 7L));
    List<FeedSample> shuffled = new ArrayList<>(samples);
    Collections.shuffle(shuffled, new Random(1));
    for (int window = 1; window <= 3; window++) {
      int upTo = 10 * window;
      snapshot(
          "b",
          file(shuffled.stream().filter(each -> each.block() < upTo).toList()),
          OptionalLong.of(10 * (window - 1) + 1));
    }
    assertThat(rows("b")).containsExactlyInAnyOrderElementsOf(rows("a"));
  }

  @Test
  void aSourceWhoseStakeNobodyKnowsHasNoQuotaByStake() throws Exception {
    quotas = "{by_stake: 4}";

    // The recorder is no member of the subnet.
    assertThat(snapshot("a", file(RecordedSnapshots.samples(20, 29)), AS_EVER).refusals())
        .isEmpty();
  }

  @Test
  void aWindowOfWhichTheSourceHasNotComeToTheEndWaits() throws Exception {
    record("recorded", 25);
    quotas = "{source: {most: 7}}";

    String part = "recorded+" + folder.resolve("recorded").toUri();

    SnapshotReport report = snapshot("b", part, AS_EVER);

    assertThat(report.toBlock()).isEqualTo(19);
    assertThat(report.refusals()).isEqualTo(Map.of(Refusal.UNFINISHED_WINDOW, 2 * 6));
    assertThat(rows("b")).isEmpty();
    record("whole", BLOCKS);
    String whole = "recorded+" + folder.resolve("whole").toUri();
    assertThat(snapshot("b", whole, AS_EVER).written()).isEqualTo(7);
    mostSamples = 1;
    assertThatThrownBy(() -> snapshot("c", part, AS_EVER))
        .hasMessageContaining("feed.max_samples is 1, and the source has more");
  }

  private void record(String name, long toBlock) throws Exception {
    snapshot("a", file(RecordedSnapshots.samples(1, BLOCKS)), OptionalLong.of(1));
    try (Warehouse warehouse =
        Warehouse.open(folder.resolve("a").toString(), new Configuration())) {
      Recording.of(
          warehouse,
          RecordedSnapshots.NETUID,
          1,
          toBlock,
          3,
          RecordedFormat.PARQUET,
          RecordedFolder.at(folder.resolve(name).toString()),
          RecordedSnapshots.RECORDER);
    }
  }
}
