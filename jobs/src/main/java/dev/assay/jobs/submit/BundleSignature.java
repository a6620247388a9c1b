package dev.assay.jobs.submit;

import dev.assay.chain.keys.Signer;
import dev.assay.jobs.bundle.BundleFolder;
import dev.assay.jobs.bundle.Bundles;
import dev.assay.jobs.progress.Progress;
import dev.assay.jobs.submit.WeightLog.Attempt;
import java.util.Map;
import java.util.TreeMap;

/**
 * A validator signs an evaluation's bundle with its hotkey once a final block holds the weights;
 * again when hidden ones come to light. What is signed twice alike stays the same. A repeated
 * vector leaves the bundle of its evaluation as it was signed for its own window.
 */
record BundleSignature(Bundles bundles, Signer signer, Progress progress) {
  void add(Attempt attempt) {
    if (attempt.included().isEmpty()) {
      return;
    }
    BundleFolder bundle = bundles.bundle(attempt.intent().evaluation());
    if (!bundle.exists()) {
      progress.stage("submit", "there is no bundle to sign in " + bundle.address());
      return;
    }
    String own = Long.toString(attempt.intent().window());
    if (!bundle.manifest().facts().getOrDefault("window", own).equals(own)) {
      return;
    }
    Map<String, String> facts = facts(attempt);
    if (!isSigned(bundle, facts)) {
      bundle.sign(signer, facts);
    }
  }

  /** A run that died while it signed leaves a signature that fits no manifest. */
  private boolean isSigned(BundleFolder bundle, Map<String, String> facts) {
    return bundle
        .signedBy(signer.account())
        .filter(voucher -> voucher.problem().isEmpty())
        .filter(voucher -> voucher.facts().entrySet().containsAll(facts.entrySet()))
        .isPresent();
  }

  private static Map<String, String> facts(Attempt attempt) {
    Map<String, String> facts = new TreeMap<>();
    WeightLog.Place place = attempt.included().orElseThrow();
    facts.put("hotkey", attempt.intent().hotkey());
    facts.put("extrinsic", attempt.extrinsicHash().orElseThrow());
    facts.put("included_block", Long.toString(place.number()));
    facts.put("included_block_hash", place.hash());
    facts.put("finality", "final");
    attempt
        .hiding()
        .ifPresent(
            hiding -> {
              facts.put("commit", hiding.commit().toString());
              facts.put("revealed", attempt.revealed().isPresent() ? "yes" : "no");
              hiding.round().ifPresent(round -> facts.put("reveal_round", "" + round));
            });
    attempt
        .revealed()
        .ifPresent(
            reveal -> {
              reveal.extrinsicHash().ifPresent(hash -> facts.put("reveal_extrinsic", hash));
              reveal.block().ifPresent(block -> facts.put("reveal_block", Long.toString(block)));
            });
    return facts;
  }
}
