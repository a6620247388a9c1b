package dev.assay.miner;

import dev.assay.chain.extrinsic.Outcome;
import dev.assay.chain.keys.Signer;
import dev.assay.chain.subtensor.Calls;
import dev.assay.chain.subtensor.Subtensor;
import dev.assay.model.hub.CommittedModel;
import java.nio.charset.StandardCharsets;

/** Says on the chain which model a hotkey stands for. */
public final class ModelCommitment {
  private ModelCommitment() {}

  /**
   * Commits to a published model; it replaces what the hotkey committed to before.
   *
   * @return the block that holds the commitment, or why none does
   */
  public static Outcome commit(Subtensor chain, int netuid, CommittedModel model, Signer hotkey) {
    byte[] text = model.text().getBytes(StandardCharsets.UTF_8);
    return chain.submit(Calls.setCommitment(netuid, text), hotkey);
  }
}
