package dev.assay.jobs.origin;

import dev.assay.jobs.feed.OfferedSample;
import java.util.Optional;

/**
 * One thing that a source gave.
 *
 * @param sample empty for what is no sample
 */
public record Offer(Origin origin, Optional<OfferedSample> sample) {}
