package dev.assay.localnet.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.localnet.bytes.Bytes32;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** The positional parameters of a request; trailing ones may be absent or {@code null}. */
public record Params(JsonNode array) {

  private Optional<JsonNode> at(int index) {
    return Optional.ofNullable(array.get(index)).filter(node -> !node.isNull());
  }

  private JsonNode required(int index) throws RpcException {
    return at(index)
        .orElseThrow(() -> RpcException.invalidParams("parameter " + index + " is missing"));
  }

  public String text(int index) throws RpcException {
    JsonNode node = required(index);
    if (!node.isTextual()) {
      throw RpcException.invalidParams("parameter " + index + " is not a string");
    }
    return node.textValue();
  }

  public boolean flag(int index) throws RpcException {
    JsonNode node = required(index);
    if (!node.isBoolean()) {
      throw RpcException.invalidParams("parameter " + index + " is not a boolean");
    }
    return node.booleanValue();
  }

  public byte[] hex(int index) throws RpcException {
    return hex(text(index));
  }

  public Optional<byte[]> optionalHex(int index) throws RpcException {
    return at(index).isPresent() ? Optional.of(hex(index)) : Optional.empty();
  }

  public Optional<Bytes32> hash(int index) throws RpcException {
    Optional<byte[]> bytes = optionalHex(index);
    if (bytes.isPresent() && bytes.get().length != 32) {
      throw RpcException.invalidParams(
          "parameter " + index + " has " + bytes.get().length + " bytes; a hash has 32");
    }
    return bytes.map(Bytes32::new);
  }

  public Bytes32 requiredHash(int index) throws RpcException {
    required(index);
    return hash(index).orElseThrow();
  }

  /** One hash or a list of them. */
  public List<Bytes32> hashes(int index) throws RpcException {
    if (!required(index).isArray()) {
      return List.of(requiredHash(index));
    }
    Params list = new Params(required(index));
    List<Bytes32> hashes = new ArrayList<>();
    for (int i = 0; i < list.array().size(); i++) {
      hashes.add(list.requiredHash(i));
    }
    return hashes;
  }

  public boolean has(int index) {
    return at(index).isPresent();
  }

  public JsonNode list(int index) throws RpcException {
    JsonNode node = required(index);
    if (!node.isArray()) {
      throw RpcException.invalidParams("parameter " + index + " is not an array");
    }
    return node;
  }

  /** A number, as JSON or as a string of decimal or {@code 0x} digits. */
  public Optional<Long> number(int index) throws RpcException {
    Optional<JsonNode> node = at(index);
    return node.isPresent() ? Optional.of(number(node.get())) : Optional.empty();
  }

  public List<byte[]> hexes(int index) throws RpcException {
    List<byte[]> values = new ArrayList<>();
    for (JsonNode node : required(index)) {
      values.add(hex(node.asText()));
    }
    return values;
  }

  private static long number(JsonNode node) throws RpcException {
    if (node.isIntegralNumber() && node.canConvertToLong()) {
      return node.longValue();
    }
    try {
      return Long.decode(node.asText());
    } catch (NumberFormatException e) {
      throw RpcException.invalidParams("not a number: " + shortened(node.asText()));
    }
  }

  public static byte[] hex(String text) throws RpcException {
    try {
      return HexFormat.of().parseHex(text.startsWith("0x") ? text.substring(2) : text);
    } catch (IllegalArgumentException e) {
      throw RpcException.invalidParams("not hexadecimal: " + shortened(text));
    }
  }

  private static String shortened(String text) {
    return text.length() <= 80 ? text : text.substring(0, 80) + "…";
  }
}
