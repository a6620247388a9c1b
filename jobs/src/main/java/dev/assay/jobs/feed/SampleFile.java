package dev.assay.jobs.feed;

import dev.assay.jobs.config.ConfigurationException;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A file of a feed's signed lines, for a validator that gets its samples by another way than HTTP,
 * or evaluates old blocks again. It is taken as complete: blocks that it lacks have no samples.
 */
public record SampleFile(Path file, int netuid) implements SampleSource {
  private static final long MOST_BYTES = 1L << 30;

  /** The source at an address, whose signatures name a subnet. */
  public static SampleFile of(URI endpoint, int netuid) {
    try {
      return new SampleFile(Path.of(endpoint), netuid);
    } catch (IllegalArgumentException noPath) {
      throw new ConfigurationException(
          "feed.endpoint is " + endpoint + "; a file is written file:///folder/samples.ndjson",
          noPath);
    }
  }

  @Override
  public Page samples(long fromBlock, long toBlock) {
    if (!Files.isRegularFile(file)) {
      throw new ConfigurationException(
          "feed.endpoint names " + file + ", which is not a file; give it another one");
    }
    List<Optional<OfferedSample>> offers = new ArrayList<>();
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      if (Files.size(file) > MOST_BYTES) {
        throw new ConfigurationException(
            "%s has %d bytes; at most %d: give feed.endpoint a file of fewer blocks"
                .formatted(file, Files.size(file), MOST_BYTES));
      }
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Optional<OfferedSample> offer = FeedSample.offer(line, netuid);
        if (offer.isEmpty() || isWithin(offer.get(), fromBlock, toBlock)) {
          offers.add(offer);
        }
      }
    } catch (CharacterCodingException binary) {
      throw new FeedException(file + " is not UTF-8 text; replace it");
    } catch (IOException unreadable) {
      throw new FeedException(file + " cannot be read; check its permissions");
    }
    return new Page(offers, OptionalLong.empty());
  }

  private static boolean isWithin(OfferedSample offer, long fromBlock, long toBlock) {
    return offer.row().block() >= fromBlock && offer.row().block() <= toBlock;
  }
}
