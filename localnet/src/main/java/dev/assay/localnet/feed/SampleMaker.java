package dev.assay.localnet.feed;

import dev.assay.chain.keys.AccountId;
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
import java.util.Optional;
import java.util.Random;

/** Makes a block's samples: a pure function of the options and the block's number. */
final class SampleMaker {

  private static final byte[] DOMAIN = "assay-sample-1".getBytes(StandardCharsets.US_ASCII);

  /** Of a sample that tells who answered. */
  private static final byte[] ANSWERED = "assay-sample-2".getBytes(StandardCharsets.US_ASCII);

  private final FeedOptions options;
  private final PromptRound round;

  SampleMaker(FeedOptions options, Corpus corpus) {
    this.options = options;
    round = new PromptRound(corpus, options.seed(), options.subnet().miners());
  }

  List<SignedSample> of(long block) {
    List<SignedSample> samples = new ArrayList<>(options.samplesPerBlock());
    for (int i = 0; i < options.samplesPerBlock(); i++) {
      long number = block * options.samplesPerBlock() + i;
      List<Keypair> validators = options.subnet().validators();
      Keypair asker = validators.get((int) (number % validators.size()));
      samples.add(signed(round.of(number), block, asker));
    }
    return samples;
  }

  private SignedSample signed(PromptRound.Taken taken, long block, Keypair asker) {
    Sample sample = taken.sample();
    byte[] id = id(sample.prompt(), sample.response());
    long time = options.genesis().plus(options.blockTime().multipliedBy(block)).toEpochMilli();
    byte[] message = message(options.subnet().netuid(), block, time, id, taken.answerer());
    // Signatures are hedged with random bytes; taken from the message they are reproducible, and
    // the key's own nonce still keeps two messages apart.
    long hedge = ByteBuffer.wrap(id).getLong() ^ options.seed() ^ block;
    byte[] signature = asker.withRandomness(new Random(hedge)).sign(message);
    return new SignedSample(
        HexFormat.of().formatHex(id),
        block,
        time,
        asker.account().ss58(),
        taken.answerer().map(AccountId::ss58).orElse(null),
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

  /** What a validator signs. */
  static byte[] message(
      int netuid, long block, long time, byte[] id, Optional<AccountId> answerer) {
    byte[] domain = answerer.isPresent() ? ANSWERED : DOMAIN;
    byte[] who = answerer.map(AccountId::bytes).orElse(new byte[0]);
    return littleEndian(domain.length + 2 + 8 + 8 + id.length + who.length)
        .put(domain)
        .putShort((short) netuid)
        .putLong(block)
        .putLong(time)
        .put(id)
        .put(who)
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
