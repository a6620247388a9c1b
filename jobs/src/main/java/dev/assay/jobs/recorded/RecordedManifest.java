package dev.assay.jobs.recorded;

import dev.assay.chain.keys.AccountId;
import dev.assay.score.Limits;
import dev.assay.score.bundle.Manifest;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What a recorded snapshot says of itself; its bytes are what the recorder's hotkey signs. Files
 * come in the order of their names, which is that of their blocks.
 *
 * @param recorder SS58 address of the hotkey
 * @param netuid that the samples' signatures name
 * @param genesis hash of the chain's block 0: 0x and 64 hex digits
 * @param fromBlock first block that was recorded
 * @param toBlock last one; blocks between the two without a sample had none
 * @param files by name
 */
public record RecordedManifest(
    String recorder,
    int netuid,
    String genesis,
    long fromBlock,
    long toBlock,
    SortedMap<String, RecordedFile> files) {
  private static final int MOST_FILES = 10_000;
  private static final String KIND = "recorded-samples";
  private static final String VERSION = "1";
  private static final Pattern GENESIS = Pattern.compile("0x[0-9a-f]{64}");
  private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

  public RecordedManifest {
    files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    AccountId.fromSs58(recorder);
    Limits.between("netuid", netuid, 0, 65_535);
    if (!GENESIS.matcher(genesis).matches()) {
      throw new IllegalArgumentException("genesis: is " + genesis + ", must be a block's hash");
    }
    Limits.between("from_block", fromBlock, 0, toBlock);
    Limits.between("files", files.size(), 1, MOST_FILES);
    long next = fromBlock;
    for (Map.Entry<String, RecordedFile> file : files.entrySet()) {
      RecordedFormat.of(file.getKey());
      if (file.getValue().firstBlock() < next || file.getValue().lastBlock() > toBlock) {
        throw new IllegalArgumentException(
            "%s: has the blocks %d to %d, must lie between %d and %d"
                .formatted(
                    file.getKey(),
                    file.getValue().firstBlock(),
                    file.getValue().lastBlock(),
                    next,
                    toBlock));
      }
      next = file.getValue().lastBlock() + 1;
    }
  }

  /** Samples in all files. */
  public long rows() {
    return files.values().stream().mapToLong(RecordedFile::rows).sum();
  }

  byte[] toBytes() {
    SortedMap<String, String> facts = new TreeMap<>();
    facts.put("kind", KIND);
    facts.put("version", VERSION);
    facts.put("recorder", recorder);
    facts.put("netuid", Integer.toString(netuid));
    facts.put("genesis", genesis);
    facts.put("from_block", Long.toString(fromBlock));
    facts.put("to_block", Long.toString(toBlock));
    SortedMap<String, Manifest.FileDigest> digests = new TreeMap<>();
    files.forEach(
        (name, file) -> {
          facts.put("rows:" + name, Integer.toString(file.rows()));
          facts.put("first_block:" + name, Long.toString(file.firstBlock()));
          facts.put("last_block:" + name, Long.toString(file.lastBlock()));
          digests.put(name, file.digest());
        });
    return new Manifest(facts, digests).toBytes();
  }

  /**
   * The manifest that was written.
   *
   * @throws IllegalArgumentException if it is none, or of another version
   */
  static RecordedManifest read(byte[] bytes) {
    Manifest manifest = Manifest.read(bytes);
    Map<String, String> facts = manifest.facts();
    if (!KIND.equals(facts.get("kind")) || !VERSION.equals(facts.get("version"))) {
      throw new IllegalArgumentException(
          "it is of the kind %s %s; this release reads %s %s"
              .formatted(facts.get("kind"), facts.get("version"), KIND, VERSION));
    }
    SortedMap<String, RecordedFile> files = new TreeMap<>();
    manifest
        .files()
        .forEach(
            (name, digest) ->
                files.put(
                    name,
                    new RecordedFile(
                        (int) number(facts, "rows:" + name, RecordedFile.MOST_ROWS),
                        number(facts, "first_block:" + name, Long.MAX_VALUE),
                        number(facts, "last_block:" + name, Long.MAX_VALUE),
                        digest)));
    return new RecordedManifest(
        text(facts, "recorder"),
        (int) number(facts, "netuid", 65_535),
        text(facts, "genesis"),
        number(facts, "from_block", Long.MAX_VALUE),
        number(facts, "to_block", Long.MAX_VALUE),
        files);
  }

  private static String text(Map<String, String> facts, String name) {
    String value = facts.get(name);
    if (value == null) {
      throw new IllegalArgumentException(name + ": is missing");
    }
    return value;
  }

  private static long number(Map<String, String> facts, String name, long most) {
    String value = text(facts, name);
    if (!NUMBER.matcher(value).matches() || Long.parseLong(value) > most) {
      throw new IllegalArgumentException(
          name + ": is " + value + ", must be a whole number of at most " + most);
    }
    return Long.parseLong(value);
  }
}
