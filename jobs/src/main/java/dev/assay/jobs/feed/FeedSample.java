package dev.assay.jobs.feed;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import dev.assay.chain.keys.AccountId;
import dev.assay.chain.keys.Keypair;
import dev.assay.chain.keys.Sr25519;
import dev.assay.jobs.tables.SampleRow;
import dev.assay.model.checkpoint.FileDigest;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/** One line of the feed, as docs/feed.md describes it; nothing in it is trusted until verified. */
public record FeedSample(
    @JsonProperty(required = true) String id,
    @JsonProperty(required = true) long block,
    @JsonProperty(required = true) long time,
    @JsonProperty(required = true) String source,
    @JsonProperty(required = true) String prompt,
    @JsonProperty(required = true) String response,
    @JsonProperty(required = true) String signature,
    Optional<String> answerer) {
  private static final byte[] DOMAIN = "assay-sample-1".getBytes(StandardCharsets.US_ASCII);

  /** Of a sample that tells who answered. */
  private static final byte[] ANSWERED = "assay-sample-2".getBytes(StandardCharsets.US_ASCII);

  /** The last millisecond of the year 9999: later times fit no table. */
  private static final long LAST_MILLISECOND = 253_402_300_799_999L;

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .serializationInclusion(JsonInclude.Include.NON_ABSENT)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  /** A line as a sample; empty if it is none. */
  public static Optional<FeedSample> parse(String line) {
    try {
      return Optional.ofNullable(JSON.readValue(line, FeedSample.class));
    } catch (JsonProcessingException malformed) {
      return Optional.empty();
    }
  }

  /** A line as what is offered to the intake of one subnet; empty if it is no sample. */
  public static Optional<OfferedSample> offer(String line, int netuid) {
    return parse(line).flatMap(sample -> sample.offer(netuid));
  }

  /** What is offered to the intake of one subnet; empty if no table holds its block or time. */
  public Optional<OfferedSample> offer(int netuid) {
    return isDated()
        ? Optional.of(new OfferedSample(row(), () -> isGenuine(netuid)))
        : Optional.empty();
  }

  /** Whether a row of the table has a producer's signature of its own, as a feed's sample has. */
  public static boolean isOf(SampleRow row) {
    return row.signature().matches("[0-9a-f]{128}");
  }

  /** What a feed would have given for a row of the table, where {@link #isOf} says so. */
  public static FeedSample of(SampleRow row) {
    return new FeedSample(
        row.sampleId(),
        row.block(),
        row.producedAt().toEpochMilli(),
        row.source(),
        row.prompt(),
        row.response(),
        row.signature(),
        row.answerer());
  }

  /**
   * A sample as its producer signs it.
   *
   * @param netuid of the subnet whose validator the producer is
   */
  public static FeedSample signed(
      Keypair producer,
      int netuid,
      long block,
      Instant time,
      String prompt,
      String response,
      Optional<AccountId> answerer) {
    FeedSample unsigned =
        new FeedSample(
            "",
            block,
            time.toEpochMilli(),
            producer.account().ss58(),
            prompt,
            response,
            "",
            answerer.map(AccountId::ss58));
    byte[] digest = unsigned.digest();
    HexFormat hex = HexFormat.of();
    return new FeedSample(
        hex.formatHex(digest),
        block,
        unsigned.time,
        unsigned.source,
        prompt,
        response,
        hex.formatHex(producer.sign(unsigned.signed(netuid, digest))),
        unsigned.answerer);
  }

  /** The sample as a feed's line, without the line's end. */
  public String line() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a sample is plain text and numbers", impossible);
    }
  }

  /** Whether block and time are any that a table holds. */
  private boolean isDated() {
    return block >= 0 && time >= 0 && time <= LAST_MILLISECOND;
  }

  /** Whether the id is the text's and the signature the source's. */
  public boolean isGenuine(int netuid) {
    if (!isDated() || !signature.matches("[0-9a-f]{128}")) {
      return false;
    }
    byte[] digest = digest();
    if (!HexFormat.of().formatHex(digest).equals(id)) {
      return false;
    }
    try {
      byte[] signed = signed(netuid, digest);
      return Sr25519.verify(AccountId.fromSs58(source), signed, HexFormat.of().parseHex(signature));
    } catch (IllegalArgumentException noAddress) {
      return false;
    }
  }

  private byte[] signed(int netuid, byte[] digest) {
    byte[] who = answerer.map(address -> AccountId.fromSs58(address).bytes()).orElse(new byte[0]);
    byte[] domain = answerer.isPresent() ? ANSWERED : DOMAIN;
    return ByteBuffer.allocate(domain.length + 2 + 8 + 8 + digest.length + who.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(domain)
        .putShort((short) netuid)
        .putLong(block)
        .putLong(time)
        .put(digest)
        .put(who)
        .array();
  }

  private byte[] digest() {
    return digest(prompt, response);
  }

  /** The id of a prompt with its response: the digest of the text, as docs/feed.md defines it. */
  public static String idOf(String prompt, String response) {
    return HexFormat.of().formatHex(digest(prompt, response));
  }

  private static byte[] digest(String prompt, String response) {
    byte[] promptBytes = prompt.getBytes(StandardCharsets.UTF_8);
    MessageDigest digest = FileDigest.newSha256();
    digest.update(
        ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(promptBytes.length).array());
    digest.update(promptBytes);
    digest.update(response.getBytes(StandardCharsets.UTF_8));
    return digest.digest();
  }

  SampleRow row() {
    return new SampleRow(
        id, prompt, response, source, block, Instant.ofEpochMilli(time), signature, answerer);
  }
}
