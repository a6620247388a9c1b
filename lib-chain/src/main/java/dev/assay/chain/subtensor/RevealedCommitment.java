package dev.assay.chain.subtensor;

import dev.assay.chain.keys.AccountId;
import dev.assay.chain.metadata.Value;
import java.util.List;
import java.util.Optional;

/**
 * What one hotkey committed under a timelock and the chain has opened since, or why it cannot be
 * read.
 *
 * @param reveals the last ten at most, in the chain's order; empty where unreadable
 * @param problem why the bytes could not be read, if they could not
 */
public record RevealedCommitment(AccountId hotkey, List<Reveal> reveals, Optional<String> problem) {
  public RevealedCommitment {
    reveals = List.copyOf(reveals);
  }

  /**
   * One of them.
   *
   * @param block the height at which the chain opened it
   * @param bytes what was encrypted; the Python SDK writes a text with SCALE's length before it
   */
  public record Reveal(long block, Value bytes) {}
}
