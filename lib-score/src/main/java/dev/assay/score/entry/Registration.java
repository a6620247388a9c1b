package dev.assay.score.entry;

import dev.assay.score.Limits;
import java.util.Objects;

/**
 * A UID's holder, and since when. A UID that is given to another hotkey, or to the same hotkey
 * again, is another registration.
 *
 * @param uid the UID, 0 to 65535
 * @param hotkey the hotkey's SS58 address
 * @param block the block at which the hotkey got the UID
 */
public record Registration(int uid, String hotkey, long block) {
  public Registration {
    Limits.between("uid", uid, 0, Limits.MAX_UID);
    Objects.requireNonNull(hotkey, "hotkey");
    Limits.atLeast("registration block of " + hotkey, block, 0);
  }
}
