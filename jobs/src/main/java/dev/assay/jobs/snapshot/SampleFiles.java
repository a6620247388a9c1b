package dev.assay.jobs.snapshot;

import dev.assay.jobs.feed.FeedException;
import dev.assay.jobs.feed.FeedSample;
import dev.assay.jobs.feed.SampleSource;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Made-up samples in files of a few blocks each, of which a snapshot reads one after the other.
 *
 * @param files in the order of their blocks
 * @param blocks of a file
 */
record SampleFiles(Path folder, int files, int blocks) implements SampleSource {
  private static final int SAMPLES_OF_A_FILE = 4_000;

  /**
   * Writes them.
   *
   * @param folder an empty one
   */
  static SampleFiles write(Path folder, MadeUpSamples samples, int count, int perBlock)
      throws IOException {
    int blocks = Math.max(1, SAMPLES_OF_A_FILE / perBlock);
    int ofFile = blocks * perBlock;
    int files = (count + ofFile - 1) / ofFile;
    for (int file = 0; file < files; file++) {
      int from = file * ofFile;
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(path(folder, file)))) {
        for (byte[] line :
            IntStream.range(from, Math.min(count, from + ofFile))
                .parallel()
                .mapToObj(samples::line)
                .toList()) {
          out.write(line);
        }
      }
    }
    return new SampleFiles(folder, files, blocks);
  }

  private static Path path(Path folder, int file) {
    return folder.resolve("samples-%06d.ndjson".formatted(file));
  }

  /** The last block of which there can be samples. */
  long lastBlock() {
    return (long) files * blocks;
  }

  Stream<Path> paths() {
    return IntStream.range(0, files).mapToObj(file -> path(folder, file));
  }

  @Override
  public Page samples(long fromBlock, long toBlock) {
    int file = (int) ((fromBlock - 1) / blocks);
    if (file >= files) {
      return new Page(List.of(), OptionalLong.empty());
    }
    long next = (file + 1L) * blocks + 1;
    try (Stream<String> lines = Files.lines(path(folder, file))) {
      return new Page(
          lines.map(line -> FeedSample.offer(line, MadeUpSamples.NETUID)).toList(),
          next <= toBlock ? OptionalLong.of(next) : OptionalLong.empty());
    } catch (IOException unreadable) {
      throw new FeedException(path(folder, file) + " cannot be read; check the disk");
    }
  }
}
