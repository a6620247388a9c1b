package dev.assay.chain.keys;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A keyfile's JSON: the six keys that every wallet software of Bittensor knows (btwallet,
 * src/keypair.rs). Read are also a mnemonic or a seed in hexadecimal digits alone.
 */
final class KeyfileContent {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final HexFormat HEX = HexFormat.of();

  private KeyfileContent() {}

  /** The JSON of a pair and, where it has them, its mnemonic and seed. */
  static byte[] secret(Keypair pair, Optional<Mnemonic> mnemonic) {
    ObjectNode json = publicFields(pair.account());
    json.put("privateKey", hex(pair.secretBytes()));
    mnemonic.ifPresent(
        phrase -> {
          json.put("secretPhrase", phrase.phrase());
          json.put("secretSeed", hex(phrase.seed("")));
        });
    return bytes(json);
  }

  /** The JSON of an account without its secret. */
  static byte[] open(AccountId account) {
    return bytes(publicFields(account));
  }

  /**
   * The pair of a plain keyfile.
   *
   * @throws KeyfileException if there is none, or it is not that of the address beside it
   */
  static Keypair pair(byte[] content) {
    String text = new String(content, StandardCharsets.UTF_8).strip();
    if (!text.startsWith("{")) {
      return bare(text);
    }
    JsonNode json = json(content);
    Optional<AccountId> declared = declared(json);
    List<Keypair> found = new ArrayList<>();
    text(json, "secretSeed").map(seed -> pair(() -> seed(seed))).ifPresent(found::add);
    text(json, "secretPhrase")
        .map(phrase -> pair(() -> Keypair.fromMnemonic(Mnemonic.parse(phrase))))
        .ifPresent(found::add);
    text(json, "privateKey")
        .map(key -> pair(() -> Keypair.fromSecret(parseHex(key))))
        .ifPresent(found::add);
    if (found.isEmpty()) {
      throw new KeyfileException(
          "The keyfile holds no secretSeed, secretPhrase or privateKey; is it a public one?");
    }
    return found.stream()
        .filter(pair -> declared.isEmpty() || declared.get().equals(pair.account()))
        .findFirst()
        .orElseThrow(
            () ->
                new KeyfileException(
                    "The keyfile's secret is not that of its address "
                        + declared.orElseThrow()
                        + "; restore it from a copy or from its mnemonic."));
  }

  /** The account that a keyfile names, secret or public. */
  static AccountId account(byte[] content) {
    return declared(json(content))
        .orElseThrow(() -> new KeyfileException("The keyfile holds no ss58Address."));
  }

  private static Keypair bare(String text) {
    boolean seed = text.matches("(0x)?[0-9a-fA-F]{64}");
    return pair(() -> seed ? seed(text) : Keypair.fromMnemonic(Mnemonic.parse(text)));
  }

  private static Keypair seed(String hex) {
    return Keypair.fromSeed(parseHex(hex));
  }

  private static Keypair pair(Supplier<Keypair> parsed) {
    try {
      return parsed.get();
    } catch (IllegalArgumentException malformed) {
      throw new KeyfileException("The keyfile holds a malformed secret; restore it from a copy.");
    }
  }

  private static JsonNode json(byte[] content) {
    try {
      return MAPPER.readTree(content);
    } catch (java.io.IOException notJson) {
      throw new KeyfileException("The keyfile is not JSON; restore it from a copy.");
    }
  }

  private static Optional<AccountId> declared(JsonNode json) {
    try {
      return text(json, "ss58Address").map(AccountId::fromSs58);
    } catch (IllegalArgumentException malformed) {
      throw new KeyfileException("The keyfile's ss58Address is malformed.");
    }
  }

  private static ObjectNode publicFields(AccountId account) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("accountId", hex(account.bytes()));
    json.put("publicKey", hex(account.bytes()));
    json.putNull("privateKey");
    json.putNull("secretPhrase");
    json.putNull("secretSeed");
    json.put("ss58Address", account.ss58());
    return json;
  }

  private static byte[] bytes(ObjectNode json) {
    try {
      return MAPPER.writeValueAsBytes(json);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("texts and nulls are JSON", impossible);
    }
  }

  private static Optional<String> text(JsonNode json, String name) {
    JsonNode value = json.path(name);
    return value.isTextual() ? Optional.of(value.textValue()) : Optional.empty();
  }

  private static byte[] parseHex(String hex) {
    return HEX.parseHex(hex.startsWith("0x") ? hex.substring(2) : hex);
  }

  private static String hex(byte[] bytes) {
    return "0x" + HEX.formatHex(bytes);
  }
}
