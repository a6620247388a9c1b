package dev.assay.chain.keys;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** The recorded keyfiles of other software. */
final class EncryptedKeyfiles {
  private static final JsonNode JSON = read();

  private EncryptedKeyfiles() {}

  static char[] password() {
    return JSON.get("password").asText().toCharArray();
  }

  static byte[] plaintext() {
    return text("plaintext");
  }

  static byte[] nacl() {
    return HexFormat.of().parseHex(JSON.get("nacl").asText());
  }

  static byte[] text(String name) {
    return JSON.get(name).asText().getBytes(StandardCharsets.UTF_8);
  }

  private static JsonNode read() {
    try (InputStream json =
        EncryptedKeyfiles.class.getResourceAsStream("encrypted-keyfiles.json")) {
      return new ObjectMapper().readTree(json);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
