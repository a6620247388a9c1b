package dev.assay.localnet.feed;

import dev.assay.chain.keys.AccountId;
import dev.assay.localnet.corpus.Corpus;
import dev.assay.localnet.corpus.Sample;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * One prompt: all miners answer it, the validator scores each answer by the words that it shares
 * with the corpus's own, and takes the best. Everything follows from a seed and a number.
 */
final class PromptRound {
  private final Corpus corpus;
  private final long seed;
  private final List<AnsweringMiner> miners;

  PromptRound(Corpus corpus, long seed, List<AnsweringMiner> miners) {
    this.corpus = corpus;
    this.seed = seed;
    this.miners = miners;
  }

  /**
   * What a validator takes.
   *
   * @param answerer whose answer it is; empty where there are no miners
   */
  record Taken(Sample sample, Optional<AccountId> answerer) {}

  Taken of(long number) {
    Sample known = corpus.sample(seed, number);
    if (miners.isEmpty()) {
      return new Taken(known, Optional.empty());
    }
    SplittableRandom chance = new SplittableRandom(seed * 0x9e3779b97f4a7c15L + number);
    // Equal answers are decided by who comes first, which differs from prompt to prompt.
    int first = chance.nextInt(miners.size());
    Taken best = null;
    double highest = -1;
    for (int i = 0; i < miners.size(); i++) {
      AnsweringMiner miner = miners.get((first + i) % miners.size());
      String answer = answer(miner, known, number, chance);
      double score = score(answer, known.response());
      if (score > highest) {
        highest = score;
        best = new Taken(new Sample(known.prompt(), answer), Optional.of(miner.hotkey()));
      }
    }
    return best;
  }

  /**
   * The corpus's answer, or where the miner isn't up to it, half of it or that of another prompt.
   */
  private String answer(AnsweringMiner miner, Sample known, long number, SplittableRandom chance) {
    if (chance.nextDouble() < miner.quality()) {
      return known.response();
    }
    String response =
        chance.nextBoolean()
            ? known.response()
            : corpus.sample(seed, number + 1 + chance.nextInt(1_000)).response();
    return response.substring(0, (response.length() + 1) / 2);
  }

  /** The share of all words in either text that both have, 0 to 1. */
  static double score(String answer, String reference) {
    Set<String> given = words(answer);
    Set<String> wanted = words(reference);
    Set<String> shared = new HashSet<>(given);
    shared.retainAll(wanted);
    given.addAll(wanted);
    return given.isEmpty() ? 1 : (double) shared.size() / given.size();
  }

  private static Set<String> words(String text) {
    Set<String> words = new HashSet<>(List.of(text.split("[^A-Za-z]+")));
    words.remove("");
    return words;
  }
}
