package dev.assay.chain.keys;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A keyfile's JSON: the six keys that every wallet software of Bittensor knows (btwallet,
 * src/keypair.rs). Read are also a mnemonic or a seed in hexadecimal digits alone.
 */
final class KeyfileContent {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final HexFormat HEX = HexFormat.of();
  private static final String SEED = "secretSeed";
  private static final String PHRASE = "secretPhrase";
  private static final String KEY = "privateKey";

  private KeyfileContent() {}

  /** The JSON of a pair and, where it has them, its mnemonic and seed. */
  static byte[] secret(Keypair pair, Optional<Mnemonic> mnemonic) {
    ObjectNode json = publicFields(pair.account());
    json.put(KEY, hex(pair.secretBytes()));
    mnemonic.ifPresent(
        phrase -> {
          json.put(PHRASE, phrase.phrase());
          json.put(SEED, hex(phrase.seed("")));
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
    ForeignKeyfile.refuse(json);
    Optional<AccountId> declared = declared(json);
    Map<String, Optional<Keypair>> found = secrets(json);
    if (found.isEmpty()) {
      throw new KeyfileException(
          "The keyfile holds no secretSeed, secretPhrase or privateKey; is it a public one?");
    }
    List<Keypair> pairs = found.values().stream().flatMap(Optional::stream).toList();
    return pairs.stream()
        .filter(pair -> declared.isEmpty() || declared.get().equals(pair.account()))
        .findFirst()
        .orElseThrow(() -> unfit(json, declared, found));
  }

  /** The secrets that the file holds, by their names; one that is malformed has no pair. */
  private static Map<String, Optional<Keypair>> secrets(JsonNode json) {
    Map<String, Optional<Keypair>> found = new LinkedHashMap<>();
    text(json, SEED).ifPresent(seed -> found.put(SEED, tried(() -> seed(seed))));
    text(json, PHRASE)
        .ifPresent(
            phrase -> found.put(PHRASE, tried(() -> Keypair.fromMnemonic(Mnemonic.parse(phrase)))));
    text(json, KEY)
        .ifPresent(key -> found.put(KEY, tried(() -> Keypair.fromSecret(parseHex(key)))));
    return found;
  }

  private static KeyfileException unfit(
      JsonNode json, Optional<AccountId> declared, Map<String, Optional<Keypair>> found) {
    Optional<KeyfileException> ed25519 = declared.flatMap(account -> ed25519(json, account));
    if (ed25519.isPresent()) {
      return ed25519.get();
    }
    List<String> malformed =
        found.keySet().stream().filter(name -> found.get(name).isEmpty()).toList();
    return malformed.size() == found.size()
        ? new KeyfileException(
            "The keyfile's %s is malformed; restore it from a copy."
                .formatted(String.join(", ", malformed)))
        : new KeyfileException(
            "The keyfile's secret is not that of its address "
                + declared.orElseThrow()
                + "; restore it from a copy or from its mnemonic.");
  }

  /** What a file is whose secret gives its address by ed25519. */
  private static Optional<KeyfileException> ed25519(JsonNode json, AccountId account) {
    return Stream.of(
            text(json, SEED).flatMap(hex -> tried(() -> parseHex(hex))),
            text(json, PHRASE).flatMap(words -> tried(() -> Mnemonic.parse(words).seed(""))),
            text(json, KEY).flatMap(hex -> tried(() -> parseHex(hex))))
        .flatMap(Optional::stream)
        .filter(secret -> ForeignKeyfile.isEd25519(secret, account))
        .findFirst()
        .map(secret -> ForeignKeyfile.otherScheme("ed25519"));
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

  private static Keypair pair(Supplier<Keypair> secret) {
    return tried(secret)
        .orElseThrow(
            () ->
                new KeyfileException(
                    "The keyfile is neither JSON nor a mnemonic or seed; restore it from a copy."));
  }

  private static <T> Optional<T> tried(Supplier<T> reading) {
    try {
      return Optional.of(reading.get());
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
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
    json.putNull(KEY);
    json.putNull(PHRASE);
    json.putNull(SEED);
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
    // Some software writes an empty text where it has nothing.
    return value.isTextual() && !value.textValue().isBlank()
        ? Optional.of(value.textValue().strip())
        : Optional.empty();
  }

  private static byte[] parseHex(String hex) {
    return HEX.parseHex(hex.startsWith("0x") ? hex.substring(2) : hex);
  }

  private static String hex(byte[] bytes) {
    return "0x" + HEX.formatHex(bytes);
  }
}
