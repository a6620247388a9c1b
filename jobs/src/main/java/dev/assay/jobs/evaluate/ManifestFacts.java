package dev.assay.jobs.evaluate;

import dev.assay.jobs.tables.EvaluationRow;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a bundle's manifest says about its evaluation; no clock, so that equal runs make equal
 * bytes.
 */
final class ManifestFacts {
  private ManifestFacts() {}

  static Map<String, String> of(EvaluationRow row) {
    Map<String, String> facts = new TreeMap<>();
    facts.put("evaluation", row.evaluation());
    row.genesis().ifPresent(genesis -> facts.put("genesis", genesis));
    facts.put("netuid", Integer.toString(row.netuid()));
    facts.put("mechanism", Integer.toString(row.mechanism()));
    facts.put("block", Long.toString(row.block()));
    facts.put("block_hash", row.blockHash());
    facts.put("window", Long.toString(row.window()));
    facts.put("seed", row.seed());
    facts.put("policy", row.policy());
    facts.put("previous", row.previous().orElse("none"));
    facts.put("samples_digest", row.samplesDigest());
    facts.put("versions", row.versions());
    return facts;
  }
}
