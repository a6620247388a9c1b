package dev.assay.localnet.feed;

import dev.assay.chain.keys.AccountId;

/**
 * A miner that answers prompts.
 *
 * @param hotkey its account
 * @param quality the share of prompts that it answers as well as can be, 0 to 1
 */
public record AnsweringMiner(AccountId hotkey, double quality) {
  /** Checks the quality. */
  public AnsweringMiner {
    if (!(quality >= 0 && quality <= 1)) {
      throw new IllegalArgumentException("a miner's quality is 0 to 1, not " + quality);
    }
  }
}
