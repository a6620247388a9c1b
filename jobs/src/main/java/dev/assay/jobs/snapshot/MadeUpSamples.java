package dev.assay.jobs.snapshot;

import dev.assay.chain.keys.Keypair;
import dev.assay.jobs.feed.FeedSample;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Signed samples of made-up words, of lengths as language models answer: half of the responses have
 * more than 180 words. One in thirty repeats another one nearly, and one in fifty each has an
 * unwanted phrase, is in another script, is too short, or has a signature that doesn't fit. A
 * sample is a function of the seed and its number.
 */
final class MadeUpSamples {
  static final int NETUID = 18;
  private static final int WORDS = 20_000;
  private static final int MEDIAN_WORDS = 180;
  private static final double SPREAD = 0.6;
  private static final int MOST_WORDS = 2_000;
  private static final int ANSWERERS = 64;
  private static final List<Keypair> PRODUCERS =
      IntStream.range(0, 16).mapToObj(number -> Keypair.fromUri("//Producer//" + number)).toList();

  private enum Kind {
    USUAL,
    REPEATED,
    PHRASE,
    CYRILLIC,
    SHORT,
    FORGED
  }

  private final long seed;
  private final int perBlock;
  private final String[] words = new String[WORDS];
  private final List<Keypair> answerers =
      IntStream.range(0, ANSWERERS)
          .mapToObj(number -> Keypair.fromUri("//Answerer//" + number))
          .toList();

  /**
   * @param perBlock samples of a block
   */
  MadeUpSamples(long seed, int perBlock) {
    this.seed = seed;
    this.perBlock = perBlock;
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < WORDS; i++) {
      words[i] = word(random);
    }
  }

  /** Addresses of those who sign them. */
  static Set<String> producers() {
    return PRODUCERS.stream().map(each -> each.account().ss58()).collect(Collectors.toSet());
  }

  /** The block of a sample, from 1. */
  long block(int number) {
    return 1L + number / perBlock;
  }

  /** A sample as a feed's line. */
  byte[] line(int number) {
    SplittableRandom random = random(number);
    Kind kind = kind(random);
    Keypair producer = PRODUCERS.get(number % 3 == 0 ? 0 : random.nextInt(PRODUCERS.size()));
    FeedSample sample =
        FeedSample.signed(
            producer,
            kind == Kind.FORGED ? NETUID + 1 : NETUID,
            block(number),
            Instant.ofEpochSecond(1_700_000_000L + 12 * block(number)),
            "Write about " + text(random, 4 + random.nextInt(40)) + " " + number,
            response(kind, number, random),
            Optional.of(answerers.get(random.nextInt(ANSWERERS)).account()));
    return (sample.line() + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private String response(Kind kind, int number, SplittableRandom random) {
    return switch (kind) {
      case USUAL, FORGED -> usual(number);
      case REPEATED -> "Certainly. " + usual(Math.max(0, number - 1 - random.nextInt(1_000)));
      case PHRASE -> "As an AI language model, I say " + usual(number);
      case CYRILLIC ->
          usual(number).chars().mapToObj(MadeUpSamples::cyrillic).collect(Collectors.joining());
      case SHORT -> "Yes " + number;
    };
  }

  private String usual(int number) {
    SplittableRandom random = new SplittableRandom(~seed * 31 + number);
    double normal = IntStream.range(0, 12).mapToDouble(i -> random.nextDouble()).sum() - 6;
    return text(random, (int) Math.min(MOST_WORDS, 4 + MEDIAN_WORDS * Math.exp(SPREAD * normal)));
  }

  /** Few words are frequent and many are rare, as in any language. */
  private String text(SplittableRandom random, int count) {
    StringBuilder text = new StringBuilder(8 * count);
    for (int i = 0; i < count; i++) {
      double place = random.nextDouble();
      text.append(i == 0 ? "" : i % 14 == 0 ? ". " : " ")
          .append(words[(int) (WORDS * place * place * place)]);
    }
    return text.append('.').toString();
  }

  private static Kind kind(SplittableRandom random) {
    if (random.nextInt(30) == 0) {
      return Kind.REPEATED;
    }
    int other = random.nextInt(50);
    return other < 4 ? Kind.values()[2 + other] : Kind.USUAL;
  }

  private static String word(SplittableRandom random) {
    StringBuilder word = new StringBuilder();
    for (int syllables = 1 + random.nextInt(4); syllables > 0; syllables--) {
      word.append("bcdfghklmnprstvwz".charAt(random.nextInt(17)))
          .append("aeiouy".charAt(random.nextInt(6)))
          .append(random.nextInt(3) == 0 ? "nrst".substring(random.nextInt(4)).charAt(0) : "");
    }
    return word.toString();
  }

  private static String cyrillic(int letter) {
    return Character.isLetter(letter)
        ? Character.toString('а' + letter % 32)
        : Character.toString(letter);
  }

  private SplittableRandom random(int number) {
    return new SplittableRandom(seed * 0x9e3779b97f4a7c15L + number);
  }
}
