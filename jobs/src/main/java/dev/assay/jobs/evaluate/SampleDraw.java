package dev.assay.jobs.evaluate;

import dev.assay.model.checkpoint.FileDigest;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

/**
 * Draws a window's samples: those whose SHA-256 of seed and id is lowest. Whoever knows the seed
 * and the ids draws the same, in the same order, however the ids come; and what a sample's producer
 * can choose, its text, decides nothing before the seed is known.
 */
final class SampleDraw {
  private SampleDraw() {}

  private record Lot(String digest, String sampleId) {}

  /**
   * The drawn ids.
   *
   * @param seed hash of the window's first block, 0x and 64 hex digits
   * @param count how many; all where there are fewer
   */
  static List<String> of(Collection<String> sampleIds, String seed, int count) {
    return sampleIds.stream()
        .distinct()
        .map(id -> new Lot(digest(seed + "\n" + id), id))
        .sorted(Comparator.comparing(Lot::digest).thenComparing(Lot::sampleId))
        .limit(count)
        .map(Lot::sampleId)
        .toList();
  }

  /** SHA-256 in lower-case hexadecimal. */
  static String digest(String text) {
    return HexFormat.of()
        .formatHex(FileDigest.newSha256().digest(text.getBytes(StandardCharsets.UTF_8)));
  }
}
