package dev.assay.jobs.config.source;

import com.fasterxml.jackson.annotation.JsonCreator;
import dev.assay.jobs.config.filter.SampleQuota;
import dev.assay.score.Limits;
import java.net.URI;
import java.util.Objects;
import java.util.Optional;

/**
 * One of several sources of samples. Written as a text, it is an address without limits.
 *
 * @param address of whatever kind docs/feed.md has
 * @param netuid of the subnet whose validators sign its samples; absent for {@code feed.netuid}
 * @param most samples of a window that it may give
 * @param share of all samples of a window that it may give, up to 1
 */
public record SourceSettings(
    String address, Optional<Integer> netuid, Optional<Integer> most, Optional<Double> share) {
  @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
  public SourceSettings {
    if (address == null || address.isBlank()) {
      throw new IllegalArgumentException("feed.endpoints has an entry without an address; add it");
    }
    netuid = Objects.requireNonNullElse(netuid, Optional.empty());
    most = Objects.requireNonNullElse(most, Optional.empty());
    share = Objects.requireNonNullElse(share, Optional.empty());
    int subnet = netuid.orElse(0);
    int samples = most.orElse(1);
    double part = share.orElse(1.0);
    Limits.all(
        () -> Limits.between(key(address, "netuid"), subnet, 0, 65_535),
        () -> Limits.between(key(address, "most"), samples, 1, Integer.MAX_VALUE),
        () -> Limits.between(key(address, "share"), part, 0.001, 1));
  }

  /** A source whose samples are limited by nothing of its own. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static SourceSettings of(String address) {
    return new SourceSettings(address, Optional.empty(), Optional.empty(), Optional.empty());
  }

  private static String key(String address, String name) {
    return "feed.endpoints: " + name + " of " + address;
  }

  /** How many of a window's samples it may give. */
  public SampleQuota quota() {
    return new SampleQuota(most.orElse(0), share.orElse(0.0));
  }

  /** The address as tables and messages have it: without a user's name and password. */
  public String name() {
    String user = URI.create(address).getRawUserInfo();
    return user == null ? address : address.replace(user + "@", "");
  }
}
