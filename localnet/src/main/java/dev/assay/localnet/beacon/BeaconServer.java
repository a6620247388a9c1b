package dev.assay.localnet.beacon;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.chain.timelock.DrandChain;
import dev.assay.localnet.chain.drand.DrandTypes.Pulse;
import dev.assay.localnet.chain.drand.LocalBeacon;
import dev.assay.localnet.http.HttpExchange;
import dev.assay.localnet.http.HttpService;
import dev.assay.localnet.http.PortTakenException;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * Serves a beacon over drand's HTTP API: {@code /info}, {@code /public/latest} and {@code
 * /public/ROUND}, each also behind the chain's hash. A round that hasn't come is never told.
 */
public final class BeaconServer implements AutoCloseable {
  private static final String SCHEME = "bls-unchained-g1-rfc9380";
  private static final String ID = "assay-localnet";

  private final JsonMapper json = JsonMapper.builder().build();
  private final LocalBeacon beacon;
  private final LongSupplier newest;
  private final HttpService service;

  private BeaconServer(String host, int port, LocalBeacon beacon, LongSupplier newest)
      throws IOException {
    this.beacon = beacon;
    this.newest = newest;
    this.service = HttpService.start("beacon", host, port, this::handle);
  }

  /**
   * Starts to serve.
   *
   * @param port 0 for any free one
   * @param newest the number of the newest round that has come
   * @throws PortTakenException when something else listens on the port
   */
  public static BeaconServer start(String host, int port, LocalBeacon beacon, LongSupplier newest)
      throws IOException {
    return new BeaconServer(host, port, beacon, newest);
  }

  /** The base address, without a slash at its end. */
  public URI address() {
    return service.address();
  }

  @Override
  public void close() {
    service.close();
  }

  private void handle(HttpExchange exchange) throws IOException {
    String path = exchange.path();
    String prefix = "/" + hash();
    String name = path.startsWith(prefix) ? path.substring(prefix.length()) : path;
    if (!exchange.method().equals("GET")) {
      send(exchange, 405, json.createObjectNode().put("error", "use GET"));
    } else if (name.equals("/info")) {
      send(exchange, 200, info());
    } else if (name.equals("/chains")) {
      send(exchange, 200, json.createArrayNode().add(hash()));
    } else if (name.startsWith("/public/")) {
      round(exchange, name.substring("/public/".length()));
    } else {
      send(exchange, 404, json.createObjectNode().put("error", "no such path"));
    }
  }

  private void round(HttpExchange exchange, String name) throws IOException {
    long last = newest.getAsLong();
    OptionalLong round = name.equals("latest") ? OptionalLong.of(last) : number(name);
    if (round.isEmpty() || round.getAsLong() < 1) {
      send(exchange, 400, json.createObjectNode().put("error", "a round is latest or 1 and up"));
    } else if (round.getAsLong() > last) {
      send(exchange, 404, json.createObjectNode().put("error", "the newest round is " + last));
    } else {
      send(exchange, 200, pulse(beacon.pulse(round.getAsLong())));
    }
  }

  private ObjectNode pulse(Pulse pulse) {
    HexFormat hex = HexFormat.of();
    return json.createObjectNode()
        .put("round", pulse.round())
        .put("randomness", hex.formatHex(pulse.randomness().raw()))
        .put("signature", hex.formatHex(pulse.signature().raw()));
  }

  private ObjectNode info() {
    DrandChain timetable = beacon.timetable();
    ObjectNode info = json.createObjectNode();
    info.put("public_key", HexFormat.of().formatHex(timetable.publicKey().bytes()));
    info.put("period", timetable.period().toSeconds());
    info.put("genesis_time", timetable.genesis().getEpochSecond());
    info.put("hash", hash()).put("schemeID", SCHEME);
    info.putObject("metadata").put("beaconID", ID);
    return info;
  }

  /** What names this beacon among others: a digest of its key and its timetable. */
  private String hash() {
    DrandChain timetable = beacon.timetable();
    byte[] key = timetable.publicKey().bytes();
    ByteBuffer bytes = ByteBuffer.allocate(12 + key.length);
    bytes.putInt((int) timetable.period().toSeconds());
    bytes.putLong(timetable.genesis().getEpochSecond()).put(key);
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.array()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static OptionalLong number(String name) {
    boolean digits = !name.isEmpty() && name.length() <= 18;
    if (!digits || !name.chars().allMatch(each -> each >= '0' && each <= '9')) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(Long.parseLong(name));
  }

  private void send(HttpExchange exchange, int status, JsonNode body) throws IOException {
    exchange.set("Content-Type", "application/json");
    exchange.answer(status, json.writeValueAsBytes(body));
  }
}
