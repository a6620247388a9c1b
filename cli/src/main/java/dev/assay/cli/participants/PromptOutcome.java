package dev.assay.cli.participants;

import java.util.Map;

/**
 * The subnet whose validators asked and whose miners answered; programs rely on the names.
 *
 * @param asked samples that each validator signed, by its name
 * @param answered samples that each miner answered, by its name
 * @param incentive what consensus granted each miner, by UID; sums to 1
 * @param dividends what it granted each validator, by UID; sums to 1
 */
public record PromptOutcome(
    int netuid,
    Map<String, Long> asked,
    Map<String, Long> answered,
    Map<Integer, Double> incentive,
    Map<Integer, Double> dividends) {}
