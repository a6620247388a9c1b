package dev.assay.jobs.config.filter;

import dev.assay.score.Limits;
import java.util.Objects;

/**
 * How many of a window's samples are taken; every validator of a subnet has the same. With any
 * quota, windows are taken when they are whole.
 *
 * @param source what one source, who asked and signed, may give
 * @param answerer how many may have one answerer; those that name nobody count as one's
 * @param byStake so many of all sources together, each its part by its stake; 0 for no limit
 */
public record QuotaSettings(SampleQuota source, SampleQuota answerer, int byStake) {
  /** Limits nothing. */
  public static final QuotaSettings NONE = new QuotaSettings(SampleQuota.NONE, SampleQuota.NONE, 0);

  public QuotaSettings {
    SampleQuota ofSource = Objects.requireNonNullElse(source, SampleQuota.NONE);
    SampleQuota ofAnswerer = Objects.requireNonNullElse(answerer, SampleQuota.NONE);
    Limits.all(
        () -> ofSource.require("feed.quotas.source"),
        () -> ofAnswerer.require("feed.quotas.answerer"),
        () -> Limits.between("feed.quotas.by_stake", byStake, 0, Integer.MAX_VALUE));
    source = ofSource;
    answerer = ofAnswerer;
  }

  /** Whether any sample can be refused. */
  public boolean inUse() {
    return source.inUse() || answerer.inUse() || byStake > 0;
  }
}
