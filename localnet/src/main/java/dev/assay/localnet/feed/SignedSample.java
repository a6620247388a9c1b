package dev.assay.localnet.feed;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * One line of the feed; docs/feed.md says what each field is.
 *
 * @param time in milliseconds since 1970
 * @param source the SS58 address of the validator that asked
 * @param answerer the SS58 address of the miner that answered; null leaves the field out
 * @param signature 128 hex digits
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"id", "block", "time", "source", "answerer", "prompt", "response", "signature"})
record SignedSample(
    String id,
    long block,
    long time,
    String source,
    String answerer,
    String prompt,
    String response,
    String signature) {}
