package dev.assay.localnet.feed;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * One line of the feed; docs/feed.md says what each field is.
 *
 * @param time in milliseconds since 1970
 * @param source the producer's SS58 address
 * @param signature 128 hex digits
 */
@JsonPropertyOrder({"id", "block", "time", "source", "prompt", "response", "signature"})
record SignedSample(
    String id,
    long block,
    long time,
    String source,
    String prompt,
    String response,
    String signature) {}
