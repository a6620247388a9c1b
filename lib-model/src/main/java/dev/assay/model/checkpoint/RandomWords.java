package dev.assay.model.checkpoint;

/**
 * SplitMix64 (Steele, Lea and Flood, 2014): well-mixed words from a seed, the same in every version
 * of Java, which the platform's generators do not promise.
 */
final class RandomWords {
  private static final long STEP = 0x9e3779b97f4a7c15L;

  private long state;

  RandomWords(long seed) {
    this.state = seed;
  }

  long next() {
    state += STEP;
    long word = state;
    word = (word ^ word >>> 30) * 0xbf58476d1ce4e5b9L;
    word = (word ^ word >>> 27) * 0x94d049bb133111ebL;
    return word ^ word >>> 31;
  }
}
