package dev.assay.jobs.wandb;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.chain.keys.AccountId;
import dev.assay.chain.keys.Sr25519;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A run of a project, as its validator has set it up; nothing in it is trusted.
 *
 * @param id by which the service knows it, and which its validator signs
 * @param hotkey SS58 address that it names as its own
 * @param signature 128 hex digits
 * @param lastStep of its history
 */
record LoggedRun(String id, String hotkey, String signature, long lastStep) {
  private static final int LONGEST_ID = 128;

  /** A run that says who vouches for it; empty where it lacks that, or has anything else there. */
  static Optional<LoggedRun> of(JsonNode node) {
    String id = node.path("name").asText();
    JsonNode configuration = LoggedJson.parsed(node.path("config"));
    JsonNode lastStep = LoggedJson.parsed(node.path("historyKeys")).path("lastStep");
    String hotkey = value(configuration, "hotkey");
    String signature = value(configuration, "signature");
    boolean isWhole =
        id.matches("[\\w.-]{1," + LONGEST_ID + "}")
            && isAccount(hotkey)
            && signature.matches("[0-9a-f]{128}")
            && lastStep.canConvertToLong()
            && lastStep.isIntegralNumber()
            && lastStep.longValue() >= 0;
    return isWhole
        ? Optional.of(new LoggedRun(id, hotkey, signature, lastStep.longValue()))
        : Optional.empty();
  }

  /** Each key holds its value and what it describes. */
  private static String value(JsonNode configuration, String key) {
    String text = configuration.path(key).path("value").asText();
    return text.startsWith("0x") ? text.substring(2) : text;
  }

  private static boolean isAccount(String address) {
    try {
      AccountId.fromSs58(address);
      return true;
    } catch (IllegalArgumentException none) {
      return false;
    }
  }

  /** Whether the hotkey has signed the run's id. */
  boolean isGenuine() {
    return Sr25519.verify(
        AccountId.fromSs58(hotkey),
        id.getBytes(StandardCharsets.UTF_8),
        HexFormat.of().parseHex(signature));
  }
}
