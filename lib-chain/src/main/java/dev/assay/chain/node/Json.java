package dev.assay.chain.node;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.chain.hash.Hash;
import dev.assay.chain.rpc.RpcUnreachableException;
import java.util.HexFormat;

/** Reads the JSON forms of a node's answers; anything else is not a usable answer. */
final class Json {
  private Json() {}

  static byte[] bytes(JsonNode answer) {
    String text = text(answer);
    try {
      return HexFormat.of().parseHex(text.startsWith("0x") ? text.substring(2) : text);
    } catch (IllegalArgumentException notHex) {
      throw unusable(answer, "hexadecimal digits");
    }
  }

  static Hash hash(JsonNode answer) {
    byte[] bytes = bytes(answer);
    if (bytes.length != Hash.LENGTH) {
      throw unusable(answer, "a hash of 32 bytes");
    }
    return Hash.of(bytes);
  }

  static JsonNode array(JsonNode answer) {
    if (!answer.isArray()) {
      throw unusable(answer, "a list");
    }
    return answer;
  }

  static String text(JsonNode answer) {
    if (!answer.isTextual()) {
      throw unusable(answer, "a text");
    }
    return answer.textValue();
  }

  /** A number, written as one or as hexadecimal digits with {@code 0x}. */
  static long number(JsonNode answer) {
    if (answer.canConvertToLong() && answer.isIntegralNumber()) {
      return answer.longValue();
    }
    String text = text(answer);
    try {
      return Long.parseLong(text.startsWith("0x") ? text.substring(2) : text, 16);
    } catch (NumberFormatException notANumber) {
      throw unusable(answer, "a number");
    }
  }

  static Header header(JsonNode answer) {
    return new Header(number(answer.path("number")), hash(answer.path("parentHash")));
  }

  static RuntimeVersion runtimeVersion(JsonNode answer) {
    return new RuntimeVersion(
        text(answer.path("specName")),
        number(answer.path("specVersion")),
        number(answer.path("transactionVersion")));
  }

  static RpcUnreachableException unusable(JsonNode answer, String expected) {
    String shown = answer.toString();
    return new RpcUnreachableException(
        "the node answers with %s where %s belongs"
            .formatted(shown.length() <= 80 ? shown : shown.substring(0, 80) + "…", expected));
  }
}
