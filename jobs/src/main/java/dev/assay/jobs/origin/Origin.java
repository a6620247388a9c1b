package dev.assay.jobs.origin;

import dev.assay.jobs.feed.SampleSource;
import java.util.Set;

/**
 * A source of samples under its address.
 *
 * @param address by which tables and messages name it
 * @param trusted SS58 addresses whose samples are taken of it
 */
public record Origin(String address, SampleSource source, Set<String> trusted) {
  public Origin {
    trusted = Set.copyOf(trusted);
  }
}
