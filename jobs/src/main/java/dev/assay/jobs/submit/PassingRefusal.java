package dev.assay.jobs.submit;

import dev.assay.chain.extrinsic.Outcome;
import java.util.Set;

/**
 * Which of the chain's refusals pass by themselves: after some blocks, or because the next run
 * makes the extrinsic again. All others need an operator: to register the hotkey, to add stake, to
 * get a permit.
 */
final class PassingRefusal {
  private static final String PALLET = "SubtensorModule.";

  /** Errors of a dispatch. */
  private static final Set<String> DISPATCH =
      Set.of(
          // Pass after some blocks.
          PALLET + "SettingWeightsTooFast",
          PALLET + "CommittingWeightsTooFast",
          PALLET + "TooManyUnrevealedCommits",
          PALLET + "RevealTooEarly",
          PALLET + "TxRateLimitExceeded",
          // The subnet changed between reading and inclusion; the next run reads it again.
          PALLET + "IncorrectWeightVersionKey",
          PALLET + "CommitRevealEnabled",
          PALLET + "CommitRevealDisabled",
          PALLET + "UidVecContainInvalidOne",
          PALLET + "UidsLengthExceedUidsInSubNet",
          PALLET + "ExpiredWeightCommit");

  /** Subtensor's own errors of the pool, as lib-chain names them. */
  private static final Set<String> CUSTOM =
      Set.of("RateLimitExceeded", "InvalidRevealRound", "CommitBlockNotInRevealRange");

  /** Substrate's words for what another nonce, era or block cures (sp-runtime). */
  private static final Set<String> WORDS =
      Set.of(
          "Transaction is outdated",
          "Transaction will be valid in the future",
          "Transaction has an ancient birth block",
          "Transaction would exhaust the block limits");

  /** Banned for some minutes, priority too low, no room in the pool (sc-rpc-api). */
  private static final Set<String> POOL = Set.of("pool 1012", "pool 1014", "pool 1016");

  private PassingRefusal() {}

  static boolean is(Outcome.Failed failed) {
    return failed.error().equals("expired")
        || failed.error().equals(Outcome.Failed.NONCE_TAKEN)
        || DISPATCH.contains(failed.error())
        || POOL.contains(failed.error())
        || (failed.error().startsWith("pool") && isOfPool(failed.words()));
  }

  /** Whether it says that the hotkey's weights come too soon after its last ones. */
  static boolean isRate(Outcome.Failed failed) {
    return failed.error().endsWith("WeightsTooFast")
        || failed.words().contains("(RateLimitExceeded)");
  }

  private static boolean isOfPool(String words) {
    return CUSTOM.stream().anyMatch(name -> words.contains("(" + name + ")"))
        || WORDS.stream().anyMatch(words::contains);
  }
}
