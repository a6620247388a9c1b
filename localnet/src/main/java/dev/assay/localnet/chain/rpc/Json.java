package dev.assay.localnet.chain.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.assay.localnet.bytes.Bytes32;
import dev.assay.localnet.chain.block.Block;
import dev.assay.localnet.chain.block.Header;
import dev.assay.localnet.chain.substrate.RuntimeVersion;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** What the node's things look like in JSON. */
final class Json {
  private static final JsonNodeFactory FACTORY = JsonNodeFactory.instance;

  private Json() {}

  static ObjectNode object() {
    return FACTORY.objectNode();
  }

  static ArrayNode array() {
    return FACTORY.arrayNode();
  }

  static JsonNode text(String value) {
    return TextNode.valueOf(value);
  }

  static JsonNode none() {
    return NullNode.instance;
  }

  static JsonNode number(long value) {
    return LongNode.valueOf(value);
  }

  static JsonNode hash(Bytes32 hash) {
    return TextNode.valueOf(hash.toString());
  }

  static JsonNode hex(byte[] bytes) {
    return TextNode.valueOf("0x" + HexFormat.of().formatHex(bytes));
  }

  static JsonNode optionalHex(Optional<byte[]> bytes) {
    return bytes.map(Json::hex).orElse(NullNode.instance);
  }

  /** A number of rao as sc-rpc writes it. */
  static String quantity(long number) {
    return "0x" + Long.toHexString(number);
  }

  static JsonNode header(Header header) {
    ObjectNode json = object();
    json.put("parentHash", header.parent().toString());
    json.put("number", "0x" + Long.toHexString(header.number()));
    json.put("stateRoot", header.stateRoot().toString());
    json.put("extrinsicsRoot", header.extrinsicsRoot().toString());
    ArrayNode logs = json.putObject("digest").putArray("logs");
    header.digest().forEach(item -> logs.add(hex(item)));
    return json;
  }

  static JsonNode block(Block block) {
    ObjectNode json = object();
    ObjectNode inner = json.putObject("block");
    inner.set("header", header(block.header()));
    inner.set("extrinsics", hexes(block.extrinsics()));
    json.putNull("justifications");
    return json;
  }

  static ArrayNode hexes(List<byte[]> values) {
    ArrayNode array = array();
    values.forEach(value -> array.add(hex(value)));
    return array;
  }

  static JsonNode version(RuntimeVersion version) {
    ObjectNode json = object();
    json.put("specName", version.specName()).put("implName", version.implName());
    json.put("authoringVersion", version.authoringVersion());
    json.put("specVersion", version.specVersion());
    json.put("implVersion", version.implVersion());
    ArrayNode apis = json.putArray("apis");
    version.apis().forEach(api -> apis.addArray().add(hex(api.first())).add(api.second()));
    json.put("transactionVersion", version.transactionVersion());
    json.put("systemVersion", version.systemVersion());
    json.put("stateVersion", version.systemVersion());
    return json;
  }
}
