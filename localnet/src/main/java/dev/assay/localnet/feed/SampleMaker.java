package dev.assay.localnet.feed;

import dev.assay.chain.keys.Keypair;
import dev.assay.localnet.corpus.Corpus;
import dev.assay.localnet.corpus.Sample;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/** Makes a block's samples: a pure function of the options and the block's number. */
final class SampleMaker {

  private static final byte[] DOMAIN = "assay-sample-1".getBytes(StandardCharsets.US_ASCII);

  private final FeedOptions options;
  private final Corpus corpus;

  SampleMaker(FeedOptions options, Corpus corpus) {
    this.options = options;
    this.corpus = corpus;
  }

  List<SignedSample> of(long block) {
    List<SignedSample> samples = new ArrayList<>(options.samplesPerBlock());
    for (int i = 0; i < options.samplesPerBlock(); i++) {
      long number = block * options.samplesPerBlock() + i;
      int source = (int) (number % options.sources().size());
      samples.add(
          signed(corpus.sample(options.seed(), number), block, options.sources().get(source)));
    }
    return samples;
  }

  private SignedSample signed(Sample sample, long block, Keypair source) {
    byte[] id = id(sample.prompt(), sample.response());
    long time = options.genesis().plus(options.blockTime().multipliedBy(block)).toEpochMilli();
    byte[] message = message(options.netuid(), block, time, id);
    // Signatures are hedged with random bytes; taken from the message they are reproducible, and
    // the key's own nonce still keeps two messages apart.
    long hedge = ByteBuffer.wrap(id).getLong() ^ options.seed() ^ block;
    byte[] signature = source.withRandomness(new Random(hedge)).sign(message);
    return new SignedSample(
        HexFormat.of().formatHex(id),
        block,
        time,
        source.account().ss58(),
        sample.prompt(),
        sample.response(),
        HexFormat.of().formatHex(signature));
  }

  /** SHA-256 of the prompt's length, the prompt and the response, in UTF-8. */
  static byte[] id(String prompt, String response) {
    byte[] promptBytes = prompt.getBytes(StandardCharsets.UTF_8);
    MessageDigest digest = sha256();
    digest.update(littleEndian(4).putInt(promptBytes.length).array());
    digest.update(promptBytes);
    return digest.digest(response.getBytes(StandardCharsets.UTF_8));
  }

  /** What a source signs. */
  static byte[] message(int netuid, long block, long time, byte[] id) {
    return littleEndian(DOMAIN.length + 2 + 8 + 8 + id.length)
        .put(DOMAIN)
        .putShort((short) netuid)
        .putLong(block)
        .putLong(time)
        .put(id)
        .array();
  }

  private static ByteBuffer littleEndian(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
