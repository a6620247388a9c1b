package dev.assay.jobs.recorded;

import dev.assay.chain.keys.Keypair;
import dev.assay.jobs.feed.FeedSample;
import dev.assay.jobs.tables.ChainRow;
import dev.assay.jobs.tables.SampleRow;
import dev.assay.jobs.tables.Warehouse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.hadoop.conf.Configuration;

/** Warehouses with signed samples, and snapshots that were recorded from them. */
public final class RecordedSnapshots {
  public static final Keypair RECORDER = Keypair.fromUri("//Alice");
  public static final String GENESIS = "0x" + "ab".repeat(32);
  public static final int NETUID = 1;

  private RecordedSnapshots() {}

  /** A sample as //Alice signs it. */
  public static FeedSample sample(long block, String prompt, String response) throws Exception {
    long time = 1_700_000_000_000L + 12_000 * block;
    byte[] text = prompt.getBytes(StandardCharsets.UTF_8);
    MessageDigest sha = MessageDigest.getInstance("SHA-256");
    sha.update(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(text.length).array());
    sha.update(text);
    byte[] id = sha.digest(response.getBytes(StandardCharsets.UTF_8));
    byte[] signed =
        ByteBuffer.allocate(64)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put("assay-sample-1".getBytes(StandardCharsets.US_ASCII))
            .putShort((short) NETUID)
            .putLong(block)
            .putLong(time)
            .put(id)
            .array();
    HexFormat hex = HexFormat.of();
    return FeedSample.of(
        new SampleRow(
            hex.formatHex(id),
            prompt,
            response,
            RECORDER.account().ss58(),
            block,
            Instant.ofEpochMilli(time),
            hex.formatHex(RECORDER.sign(signed))));
  }

  /** Two samples in each of a span of blocks. */
  public static List<FeedSample> samples(long fromBlock, long toBlock) {
    return LongStream.rangeClosed(fromBlock, toBlock)
        .boxed()
        .flatMap(RecordedSnapshots::two)
        .toList();
  }

  private static java.util.stream.Stream<FeedSample> two(long block) {
    try {
      return java.util.stream.Stream.of(
          sample(block, "What is " + block + "?", "A number."),
          sample(block, "Qu’est-ce que " + block + " ?", "Un nombre."));
    } catch (Exception impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Records all of a table that holds these samples. */
  public static RecordedManifest record(
      Path folder, RecordedFormat format, List<FeedSample> samples, RecordedFolder out) {
    try (Warehouse warehouse =
        Warehouse.open(folder.resolve("tables").toString(), new Configuration())) {
      warehouse.table(ChainRow.TABLE).append(List.of(ChainRow.of(GENESIS, NETUID)));
      warehouse
          .table(SampleRow.TABLE)
          .append(samples.stream().map(each -> each.offer(NETUID).orElseThrow().row()).toList());
      return Recording.of(warehouse, NETUID, 1, Long.MAX_VALUE, 100, format, out, RECORDER)
          .orElseThrow();
    }
  }
}
