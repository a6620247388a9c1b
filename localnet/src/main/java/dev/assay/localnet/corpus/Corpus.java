package dev.assay.localnet.corpus;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/**
 * Samples drawn from WordNet's nouns: what a word means, which word has a meaning, another word for
 * it, what kind of thing it is; each in several phrasings. The same seed and number give the same
 * sample on every machine.
 */
public final class Corpus {

  private final List<WordSense> senses;

  private Corpus(List<WordSense> senses) {
    this.senses = senses;
  }

  /** Reads WordNet from the class path: about a second, and about 30 MB of memory. */
  public static Corpus read() throws IOException {
    return new Corpus(WordNet.nouns());
  }

  /** How many meanings samples are made from. */
  public int meanings() {
    return senses.size();
  }

  /** The sample of a number, 0 or more, under a seed. */
  public Sample sample(long seed, long number) {
    ByteBuffer draw = ByteBuffer.wrap(digest(seed, number));
    WordSense sense = senses.get((int) Long.remainderUnsigned(draw.getLong(), senses.size()));
    List<Question> questions = Question.about(sense);
    int question = (int) Long.remainderUnsigned(draw.getLong(), questions.size());
    return questions.get(question).sample();
  }

  private static byte[] digest(long seed, long number) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update("assay-corpus".getBytes(StandardCharsets.US_ASCII));
      digest.update(ByteBuffer.allocate(16).putLong(seed).putLong(number).flip());
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
