package dev.assay.jobs.snapshot;

import dev.assay.chain.hash.Hash;
import dev.assay.jobs.config.DataSize;
import dev.assay.jobs.config.FeedSettings;
import dev.assay.jobs.config.filter.FilterSettings;
import dev.assay.jobs.config.filter.NearDuplicateSettings;
import dev.assay.jobs.config.filter.QuotaSettings;
import dev.assay.jobs.config.filter.SampleQuota;
import dev.assay.jobs.origin.Origin;
import dev.assay.jobs.origin.Origins;
import dev.assay.jobs.tables.SampleRow;
import dev.assay.jobs.tables.Warehouse;
import dev.assay.jobs.tables.WarehouseTable;
import dev.assay.model.checkpoint.FileDigest;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;

/**
 * A snapshot of made-up samples with every filter and quota in use, from files to the table, beside
 * reading the same lines and hashing each.
 *
 * @param samples that were offered
 * @param perWindow how many of them one window has
 * @param seconds of the snapshot: read, verified, filtered, written
 * @param samplesPerSecond of it
 * @param cpuSeconds that the processors have spent on it together
 * @param referenceSeconds of reading the lines and hashing each by SHA-256
 * @param ratio of the two
 * @param taken samples that are in the table
 * @param refusals of the others, by the rule
 * @param peakHeapBytes the most heap in use, garbage included
 * @param heldBytes what is still needed at the snapshot's end, beside what was before it
 */
public record SamplesBench(
    int samples,
    int perWindow,
    double seconds,
    double samplesPerSecond,
    double cpuSeconds,
    double referenceSeconds,
    double ratio,
    int taken,
    Map<Refusal, Integer> refusals,
    long peakHeapBytes,
    long heldBytes) {
  /** For {@link #PROMISED_SAMPLES} on two cores. */
  public static final double PROMISED_SECONDS = 30;

  public static final int PROMISED_SAMPLES = 100_000;

  /** Blocks of a window. */
  public static final int WINDOW = 100;

  private static final int WINDOWS_BACK = 4;

  private static final FilterSettings FILTERS =
      new FilterSettings(
          "corrected",
          16,
          20_000,
          List.of("Latin"),
          List.of(),
          new NearDuplicateSettings(0.8, WINDOWS_BACK));

  private static final QuotaSettings QUOTAS =
      new QuotaSettings(new SampleQuota(0, 0.25), new SampleQuota(0, 0.1), 0);

  public SamplesBench {
    Map<Refusal, Integer> copy = new EnumMap<>(Refusal.class);
    copy.putAll(refusals);
    refusals = Collections.unmodifiableMap(copy);
  }

  /**
   * Measures.
   *
   * @param folder an empty one on the disk; 4 KB a sample
   * @param count samples, from 1
   * @param perWindow of them, a multiple of {@link #WINDOW}
   */
  public static SamplesBench run(Path folder, int count, int perWindow, long seed)
      throws IOException, InterruptedException {
    int perBlock = perWindow / WINDOW;
    Path lines = Files.createDirectory(folder.resolve("lines"));
    SampleFiles files =
        SampleFiles.write(lines, new MadeUpSamples(seed, perBlock), count, perBlock);
    double reference = hashed(files);
    try (Warehouse warehouse =
            Warehouse.open(folder.resolve("warehouse").toString(), new Configuration());
        HeapUse heap = new HeapUse()) {
      WarehouseTable<SampleRow> table = warehouse.table(SampleRow.TABLE);
      LongFunction<WindowSeed> seeds = block -> windowSeed(seed, block);
      Origin origin = new Origin("made up", files, MadeUpSamples.producers());
      Origins origins = new Origins(List.of(origin));
      Intake intake = new Intake(settings(count), origins);
      Resemblances resemblances = new Resemblances(FILTERS.nearDuplicates(), WINDOW, table, seeds);
      WholeWindows windows =
          new WholeWindows(
              true,
              WINDOW,
              block -> new WindowQuotas(QUOTAS, OriginQuotas.NONE, seeds.apply(block), Map.of()));
      long before = HeapUse.held();
      Duration cpuBefore = spent();
      long since = System.nanoTime();
      SnapshotReport report =
          Snapshot.take(
              origins,
              intake,
              windows,
              resemblances,
              table,
              1,
              windows.last(files.lastBlock() + WINDOW),
              Integer.MAX_VALUE);
      double seconds = (System.nanoTime() - since) / 1e9;
      double cpuSeconds = spent().minus(cpuBefore).toMillis() / 1e3;
      long held = HeapUse.held() - before;
      // What the filters hold is held until here.
      resemblances.without(List.of(), GivenBefore.in(table, Long.MAX_VALUE));
      return new SamplesBench(
          count,
          perWindow,
          seconds,
          count / seconds,
          cpuSeconds,
          reference,
          seconds / reference,
          report.written(),
          report.refusals(),
          heap.most(),
          held);
    }
  }

  private static Duration spent() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
  }

  private static FeedSettings settings(int count) {
    return new FeedSettings(
        "",
        List.of(),
        MadeUpSamples.NETUID,
        List.of(),
        count,
        Integer.MAX_VALUE,
        new DataSize(1 << 16),
        List.of(),
        FILTERS,
        QUOTAS);
  }

  private static WindowSeed windowSeed(long seed, long block) {
    return new WindowSeed(
        Hash.of(
            FileDigest.newSha256()
                .digest(ByteBuffer.allocate(16).putLong(seed).putLong(block).array())));
  }

  private static double hashed(SampleFiles files) throws IOException {
    MessageDigest digest = FileDigest.newSha256();
    long since = System.nanoTime();
    try (Stream<Path> paths = files.paths()) {
      for (Path path : (Iterable<Path>) paths::iterator) {
        try (BufferedReader lines = Files.newBufferedReader(path)) {
          for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            digest.digest(line.getBytes(StandardCharsets.UTF_8));
          }
        }
      }
    }
    return (System.nanoTime() - since) / 1e9;
  }
}
