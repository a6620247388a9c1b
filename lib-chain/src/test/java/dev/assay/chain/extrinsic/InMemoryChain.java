package dev.assay.chain.extrinsic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.chain.hash.Blake2;
import dev.assay.chain.hash.Hash;
import dev.assay.chain.metadata.MetadataParser;
import dev.assay.chain.metadata.SmallRuntime;
import dev.assay.chain.node.Node;
import dev.assay.chain.rpc.RpcClient;
import dev.assay.chain.rpc.RpcErrorException;
import dev.assay.chain.rpc.RpcRequest;
import dev.assay.chain.scale.ScaleWriter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A chain of the small runtime in memory, for what a real node cannot be made to do: lose a
 * message, stall, or refuse with a chosen code.
 */
public final class InMemoryChain implements RpcClient {
  private static final String EVENTS =
      Node.hex(
          MetadataParser.parse(SmallRuntime.metadata(15))
              .storageKey("System", "Events", List.of()));

  private final ObjectMapper mapper = new ObjectMapper();
  private final List<List<byte[]>> blocks = new ArrayList<>();
  private final Map<Integer, byte[]> events = new LinkedHashMap<>();
  private final TreeMap<String, byte[]> storage = new TreeMap<>();
  private Consumer<byte[]> onSubmission = this::include;
  private Runnable onHead = () -> {};
  private int roundTrips;
  private int nonce;
  private int upgrade = Integer.MAX_VALUE;
  private int forked = Integer.MAX_VALUE;

  public InMemoryChain() {
    blocks.add(List.of());
  }

  /** What happens to an extrinsic that is sent; at first a block includes it. */
  public void onSubmission(Consumer<byte[]> action) {
    onSubmission = action;
  }

  /** What happens each time that the best block is asked for. */
  public void onHead(Runnable action) {
    onHead = action;
  }

  /** Adds a block with one extrinsic, dispatched with success. */
  public void include(byte[] extrinsic) {
    include(extrinsic, new ScaleWriter().u8(0).u8(0).toByteArray());
  }

  /** Adds a block with one extrinsic and the event of its dispatch: pallet, event, fields. */
  public void include(byte[] extrinsic, byte[] event) {
    blocks.add(List.of(new byte[] {4, 0}, extrinsic));
    events.put(
        blocks.size() - 1,
        new ScaleWriter().compact(1).u8(0).u32(1).bytes(event).compact(0).toByteArray());
  }

  /** Puts an extrinsic into a block that had none, as a fork does. */
  public void replace(int number, byte[] extrinsic) {
    blocks.set(number, List.of(new byte[] {4, 0}, extrinsic));
    events.put(
        number, new ScaleWriter().compact(1).u8(0).u32(1).u8(0).u8(0).compact(0).toByteArray());
  }

  /** Adds a block without extrinsics. */
  public void addBlock() {
    blocks.add(List.of());
  }

  /** Stores a value under a key, at all blocks. */
  public void store(byte[] key, byte[] value) {
    storage.put(Node.hex(key), value);
  }

  /** The nonce that the node names as an account's next. */
  public void nonce(int next) {
    nonce = next;
  }

  /** From this block on the runtime is another ({@link SmallRuntime#upgraded}). */
  public void upgradeAt(int block) {
    upgrade = block;
  }

  /** From now on the blocks from this height on are others, with other hashes. */
  public void fork(int block) {
    forked = block;
  }

  /** How many exchanges there were. */
  public int roundTrips() {
    return roundTrips;
  }

  /** The hash of a block. */
  public static Hash hash(long number) {
    return Hash.of(Blake2.blake2b256(new ScaleWriter().u64(number).toByteArray()));
  }

  @Override
  public List<JsonNode> batch(List<RpcRequest> requests) {
    roundTrips++;
    return requests.stream()
        .<JsonNode>map(
            request -> mapper.valueToTree(answer(request.method(), request.parameters())))
        .toList();
  }

  @Override
  public String endpoint() {
    return "memory";
  }

  @Override
  public void close() {}

  private Hash present(long number) {
    return number < forked ? hash(number) : hash(number + (1L << 32));
  }

  private Object answer(String method, List<Object> parameters) {
    return switch (method) {
      case "chain_getBlockHash" -> blockHash(parameters);
      case "chain_getFinalizedHead" -> present(Math.max(0, blocks.size() - 3)).toString();
      case "chain_getHeader" -> header(number(parameters));
      case "chain_getBlock" ->
          Map.of(
              "block",
              Map.of(
                  "extrinsics", blocks.get(number(parameters)).stream().map(Node::hex).toList()));
      case "state_getRuntimeVersion" ->
          Map.of(
              "specName",
              "small",
              "specVersion",
              number(parameters) < upgrade ? 7 : 8,
              "transactionVersion",
              1);
      case "state_call" ->
          Node.hex(
              new ScaleWriter()
                  .option(Optional.of(metadata(parameters)), ScaleWriter::byteVec)
                  .toByteArray());
      case "state_getStorage" -> stored((String) parameters.get(0), parameters);
      case "state_getKeysPaged" -> keys((String) parameters.get(0), (String) parameters.get(2));
      case "state_queryStorageAt" -> changes((List<?>) parameters.get(0));
      case "system_accountNextIndex" -> nonce;
      case "author_submitExtrinsic" -> submitted((String) parameters.get(0));
      default -> throw new RpcErrorException(-32601, "Method not found", method);
    };
  }

  private byte[] metadata(List<Object> parameters) {
    boolean before = number(parameters.subList(2, 3)) < upgrade;
    return before ? SmallRuntime.metadata(15) : SmallRuntime.upgraded(15);
  }

  private Object blockHash(List<Object> parameters) {
    if (parameters.isEmpty()) {
      onHead.run();
      return present(blocks.size() - 1).toString();
    }
    long number = ((Number) parameters.get(0)).longValue();
    return number < blocks.size() ? present(number).toString() : null;
  }

  private Object header(int number) {
    return Map.of(
        "number",
        "0x" + Integer.toHexString(number),
        "parentHash",
        present(Math.max(0, number - 1)).toString());
  }

  private int number(List<Object> parameters) {
    for (int number = 0; number < blocks.size(); number++) {
      if (present(number).toString().equals(parameters.get(0))) {
        return number;
      }
    }
    throw new RpcErrorException(4003, "UnknownBlock", "");
  }

  private Object stored(String key, List<Object> parameters) {
    byte[] value = storage.get(key);
    if (value == null && key.equals(EVENTS)) {
      value = events.get(number(parameters.subList(1, 2)));
    }
    return value == null ? null : Node.hex(value);
  }

  private List<String> keys(String prefix, String start) {
    return storage.keySet().stream()
        .filter(key -> key.startsWith(prefix) && (start == null || key.compareTo(start) > 0))
        .toList();
  }

  private List<Object> changes(List<?> keys) {
    List<List<String>> changes = new ArrayList<>();
    for (Object key : keys) {
      changes.add(List.of((String) key, Node.hex(storage.get((String) key))));
    }
    return List.of(Map.of("block", hash(0).toString(), "changes", changes));
  }

  private String submitted(String extrinsic) {
    byte[] bytes = HexFormat.of().parseHex(extrinsic.substring(2));
    onSubmission.accept(bytes);
    return SignedExtrinsic.hash(bytes).toString();
  }
}
