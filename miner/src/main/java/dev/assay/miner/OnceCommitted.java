package dev.assay.miner;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.assay.chain.extrinsic.Outcome;
import dev.assay.chain.keys.AccountId;
import dev.assay.chain.keys.Signer;
import dev.assay.chain.subtensor.BlockView;
import dev.assay.chain.subtensor.Calls;
import dev.assay.chain.subtensor.Commitment;
import dev.assay.chain.subtensor.Subtensor;
import dev.assay.model.hub.CommittedModel;
import java.util.OptionalLong;

/**
 * Commits to a model once, however often it is asked to and wherever it was killed before. The
 * chain is looked at first, and the call is signed with the nonce of that look: what was sent
 * before and isn't in a block yet has the same nonce, so a block takes one of the two.
 */
public final class OnceCommitted {
  private static final int MOST_LOOKS = 5;

  private final Subtensor chain;
  private final int netuid;
  private final Signer hotkey;

  public OnceCommitted(Subtensor chain, int netuid, Signer hotkey) {
    this.chain = chain;
    this.netuid = netuid;
    this.hotkey = hotkey;
  }

  /** What became of it. */
  public sealed interface Result {
    /**
     * The chain holds it.
     *
     * @param already whether it did before
     */
    record Held(long block, boolean already) implements Result {}

    /** The chain takes no more commitments of the hotkey for now. */
    record Limited(String words) implements Result {}

    /** Refused, or unknown. */
    record NotHeld(Outcome outcome) implements Result {}
  }

  /** The block in which a hotkey committed to just this model, as a block of the chain has it. */
  public static OptionalLong heldAt(
      BlockView block, int netuid, CommittedModel model, AccountId hotkey) {
    return block.commitments(netuid).stream()
        .filter(each -> each.hotkey().equals(hotkey))
        .filter(each -> new String(each.content(), UTF_8).equals(model.text()))
        .mapToLong(Commitment::block)
        .findFirst();
  }

  /** Commits, unless the chain holds it. */
  public Result commit(CommittedModel model) {
    Outcome outcome = null;
    for (int look = 0; look < MOST_LOOKS; look++) {
      BlockView now = chain.at(chain.finalizedHead());
      OptionalLong held = heldAt(now, netuid, model, hotkey.account());
      if (held.isPresent()) {
        return new Result.Held(held.getAsLong(), true);
      }
      outcome =
          chain.send(
              chain.sign(Calls.setCommitment(netuid, model.text().getBytes(UTF_8)), hotkey, now));
      if (outcome instanceof Outcome.Included included) {
        return read(model, included);
      }
      boolean again = outcome instanceof Outcome.Failed failed && failed.isLost();
      if (!again) {
        return isLimited(outcome)
            ? new Result.Limited(((Outcome.Failed) outcome).error())
            : new Result.NotHeld(outcome);
      }
    }
    return new Result.NotHeld(outcome);
  }

  /** What a block that holds the call says is committed after it. */
  private Result read(CommittedModel model, Outcome.Included included) {
    OptionalLong held = heldAt(chain.at(included.block()), netuid, model, hotkey.account());
    if (held.isEmpty()) {
      throw new IllegalStateException(
          "block %d holds the commitment but reads back another one; look at it with assay commitments"
              .formatted(included.number()));
    }
    return new Result.Held(held.getAsLong(), false);
  }

  /** The chain counts what a hotkey commits in an epoch; its pool may say so as well. */
  private static boolean isLimited(Outcome outcome) {
    return outcome instanceof Outcome.Failed failed
        && (failed.error().endsWith("SpaceLimitExceeded")
            || failed.error().endsWith("CommitmentSetRateLimitExceeded")
            || failed.words().contains("RateLimitExceeded"));
  }
}
