package dev.assay.jobs.config;

import dev.assay.chain.keys.AccountId;
import dev.assay.jobs.config.filter.FilterSettings;
import dev.assay.jobs.config.filter.QuotaSettings;
import dev.assay.jobs.config.source.SourceSettings;
import dev.assay.score.Limits;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The feed that samples are taken from.
 *
 * @param endpoint address of the source of samples, of whatever kind; empty when this validator
 *     takes no snapshots, or has several sources
 * @param endpoints several sources at once, in place of the one
 * @param netuid of the subnet whose validators produce the samples, where that is another one than
 *     the evaluated; 0 for the evaluated one
 * @param sources SS58 addresses whose samples are taken; empty takes those of validators with a
 *     permit
 * @param maxSamples lines that one snapshot reads at most, by whole answers
 * @param maxPerSourceAndBlock samples that one source may give for one block
 * @param maxSampleSize longest prompt and response together, in UTF-8
 * @param unwantedPhrases a sample whose response contains one of them, letter for letter, is
 *     refused; each an entry of its own, none of them blank
 * @param filters what else is refused by its text
 * @param quotas how many of a window's samples one source or one answerer may give
 */
public record FeedSettings(
    String endpoint,
    List<SourceSettings> endpoints,
    int netuid,
    List<String> sources,
    int maxSamples,
    int maxPerSourceAndBlock,
    DataSize maxSampleSize,
    List<String> unwantedPhrases,
    FilterSettings filters,
    QuotaSettings quotas) {
  private static final int MOST_ENDPOINTS = 32;

  /** A prompt and a response of a byte each. */
  private static final DataSize SMALLEST = new DataSize(2);

  /** A sample is held in memory. */
  private static final DataSize LARGEST = new DataSize(Integer.MAX_VALUE);

  public FeedSettings {
    String address = endpoint == null ? "" : endpoint;
    List<SourceSettings> several = Require.entries("feed.endpoints", endpoints);
    List<String> accounts = Require.entries("feed.sources", sources);
    List<String> phrases = Require.entries("feed.unwanted_phrases", unwantedPhrases);
    endpoint = address;
    endpoints = several;
    sources = accounts;
    unwantedPhrases = phrases;
    Limits.all(
        () -> requireAddressOrNone(address),
        () -> requireOneKey(address, several),
        () -> Require.within("the number of feed.endpoints", several.size(), 0, MOST_ENDPOINTS),
        () -> several.forEach(each -> Require.place("feed.endpoints", each.address())),
        () -> requireEachOnce(several),
        () -> requireOneStake(several, quotas),
        () -> accounts.forEach(FeedSettings::requireAccount),
        () -> Require.within("feed.netuid", netuid, 0, 65_535),
        () -> Require.atLeast("feed.max_samples", maxSamples, 1),
        () -> Require.atLeast("feed.max_per_source_and_block", maxPerSourceAndBlock, 1),
        () -> Require.within("feed.max_sample_size", maxSampleSize, SMALLEST, LARGEST),
        () -> requireNoBlank(phrases));
  }

  /**
   * The subnet whose validators produce the samples; their signatures name it.
   *
   * @param evaluated the subnet whose miners are evaluated
   */
  public int netuidOr(int evaluated) {
    return netuid == 0 ? evaluated : netuid;
  }

  /** Where samples are read from, whichever key names it; empty where no snapshot is taken. */
  public List<SourceSettings> places() {
    return endpoint.isBlank() ? endpoints : List.of(SourceSettings.of(endpoint));
  }

  /** Whether any sample of a window can be one too many. */
  public boolean hasQuotas() {
    return quotas.inUse() || places().stream().anyMatch(each -> each.quota().inUse());
  }

  private static void requireOneKey(String endpoint, List<SourceSettings> endpoints) {
    if (!endpoint.isBlank() && !endpoints.isEmpty()) {
      throw new IllegalArgumentException(
          "feed.endpoint is also set, as " + endpoint + "; move it into feed.endpoints");
    }
  }

  private static void requireEachOnce(List<SourceSettings> endpoints) {
    Set<String> names = new HashSet<>();
    for (SourceSettings each : endpoints) {
      if (!names.add(each.name())) {
        throw new IllegalArgumentException(
            "feed.endpoints has " + each.name() + " twice; remove one");
      }
    }
  }

  /** Stake in one subnet can't be compared with stake in another. */
  private static void requireOneStake(List<SourceSettings> endpoints, QuotaSettings quotas) {
    if (quotas != null
        && quotas.byStake() > 0
        && endpoints.stream().anyMatch(each -> each.netuid().isPresent())) {
      throw new IllegalArgumentException(
          "feed.quotas.by_stake is %d, and feed.endpoints has a netuid; all must be of feed.netuid"
              .formatted(quotas.byStake()));
    }
  }

  private static void requireAddressOrNone(String endpoint) {
    if (!endpoint.isBlank()) {
      Require.place("feed.endpoint", endpoint);
    }
  }

  private static void requireNoBlank(List<String> phrases) {
    if (phrases.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException(
          "feed.unwanted_phrases has a blank one, which every response contains; remove it");
    }
  }

  private static void requireAccount(String address) {
    try {
      AccountId.fromSs58(address);
    } catch (IllegalArgumentException noAddress) {
      throw new IllegalArgumentException("feed.sources: " + noAddress.getMessage(), noAddress);
    }
  }
}
