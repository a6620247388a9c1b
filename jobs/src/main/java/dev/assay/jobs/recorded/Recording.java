package dev.assay.jobs.recorded;

import dev.assay.chain.keys.Signer;
import dev.assay.jobs.feed.FeedSample;
import dev.assay.jobs.tables.ChainRow;
import dev.assay.jobs.tables.SampleRow;
import dev.assay.jobs.tables.Warehouse;
import dev.assay.jobs.tables.WarehouseTable;
import dev.assay.score.bundle.Manifest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;

/** Writes a recorded snapshot from the samples table. */
public final class Recording {
  /** A file ends with the block that reaches one of the two: a reader holds it in memory. */
  private static final int ROWS_OF_A_FILE = 20_000;

  private static final long TEXT_OF_A_FILE = 32L << 20;

  private final RecordedFolder folder;
  private final RecordedFormat format;
  private final SortedMap<String, RecordedFile> files = new TreeMap<>();
  private final List<FeedSample> open = new ArrayList<>();
  private long text;

  private Recording(RecordedFolder folder, RecordedFormat format) {
    this.folder = folder;
    this.format = format;
  }

  /**
   * Records what the table has of a span of blocks, in place of what the folder has of an earlier
   * snapshot, apart from what {@link #leftOut} counts. It begins with the first block of a sample
   * and ends no later than the table does: whether blocks beyond had samples is not known.
   *
   * @param netuid that the samples' signatures name
   * @param fromBlock first block, included
   * @param toBlock last one, included
   * @param step blocks whose samples are held in memory at once
   * @return empty if the table has none of them; then nothing is written
   */
  public static Optional<RecordedManifest> of(
      Warehouse warehouse,
      int netuid,
      long fromBlock,
      long toBlock,
      int step,
      RecordedFormat format,
      RecordedFolder folder,
      Signer hotkey) {
    List<ChainRow> chain = warehouse.table(ChainRow.TABLE).rows();
    WarehouseTable<SampleRow> table = warehouse.table(SampleRow.TABLE);
    long last = Math.min(toBlock, highest(table));
    Recording recording = new Recording(folder, format);
    boolean cleared = false;
    for (long first = fromBlock; !chain.isEmpty() && first <= last; first += step) {
      List<FeedSample> samples = samples(table, first, Math.min(last, first + step - 1));
      if (!samples.isEmpty() && !cleared) {
        folder.clear();
        cleared = true;
      }
      samples.forEach(recording::add);
    }
    return cleared
        ? Optional.of(recording.finish(chain.get(0).genesis(), netuid, last, hotkey))
        : Optional.empty();
  }

  /**
   * How many samples of a span of blocks no recorded snapshot takes: those of datasets and of runs,
   * which are signed as a whole.
   *
   * @param fromBlock first block, included
   * @param toBlock last one, included
   */
  public static long leftOut(Warehouse warehouse, long fromBlock, long toBlock) {
    LongAdder count = new LongAdder();
    warehouse
        .table(SampleRow.TABLE)
        .forEach(within(fromBlock, toBlock), row -> count.add(FeedSample.isOf(row) ? 0 : 1));
    return count.sum();
  }

  private static Expression within(long fromBlock, long toBlock) {
    return Expressions.and(
        Expressions.greaterThanOrEqual("block", fromBlock),
        Expressions.lessThanOrEqual("block", toBlock));
  }

  private static long highest(WarehouseTable<SampleRow> table) {
    NavigableSet<Long> blocks = table.values("block", Long.class, Expressions.alwaysTrue());
    return blocks.isEmpty() ? -1 : blocks.last();
  }

  private static List<FeedSample> samples(WarehouseTable<SampleRow> table, long from, long to) {
    return table.rows(within(from, to)).stream()
        .filter(FeedSample::isOf)
        .map(FeedSample::of)
        .sorted(Comparator.comparingLong(FeedSample::block).thenComparing(FeedSample::id))
        .toList();
  }

  private void add(FeedSample sample) {
    boolean full = open.size() >= ROWS_OF_A_FILE || text >= TEXT_OF_A_FILE;
    if (full && open.get(open.size() - 1).block() != sample.block()) {
      closeFile();
    }
    open.add(sample);
    text += sample.prompt().length() + sample.response().length();
  }

  private void closeFile() {
    byte[] bytes = format.bytes(open);
    String name = format.fileName(files.size() + 1);
    RecordedFile file =
        new RecordedFile(
            open.size(),
            open.get(0).block(),
            open.get(open.size() - 1).block(),
            Manifest.FileDigest.of(bytes));
    folder.write(name, bytes);
    files.put(name, file);
    open.clear();
    text = 0;
  }

  private RecordedManifest finish(String genesis, int netuid, long toBlock, Signer hotkey) {
    closeFile();
    RecordedManifest manifest =
        new RecordedManifest(
            hotkey.account().ss58(),
            netuid,
            genesis,
            files.get(files.firstKey()).firstBlock(),
            toBlock,
            files);
    folder.sign(manifest, hotkey);
    return manifest;
  }
}
