package dev.assay.model.train;

import dev.assay.model.text.EncodedSample;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/**
 * Endless batches of samples in a random order that a seed decides. Samples of similar length meet
 * in a batch, so that little is padding: each epoch is shuffled, cut into pools, sorted by length
 * within a pool, cut into batches, and the pool's batches are shuffled again.
 */
final class SampleOrder {
  private static final int BATCHES_IN_A_POOL = 16;

  private final List<EncodedSample> samples;
  private final BatchSize size;
  private final Random random;
  private final Deque<List<EncodedSample>> ready = new ArrayDeque<>();

  SampleOrder(List<EncodedSample> samples, BatchSize size, long seed) {
    if (samples.isEmpty()) {
      throw new IllegalArgumentException("there is no sample with a token to count to train on");
    }
    this.samples = samples;
    this.size = size;
    this.random = new Random(seed);
  }

  List<EncodedSample> next() {
    if (ready.isEmpty()) {
      addEpoch();
    }
    return ready.remove();
  }

  private void addEpoch() {
    List<EncodedSample> shuffled = new ArrayList<>(samples);
    Collections.shuffle(shuffled, random);
    for (List<EncodedSample> pool : pools(shuffled)) {
      List<EncodedSample> sorted = new ArrayList<>(pool);
      sorted.sort(Comparator.comparingInt(sample -> sample.length()));
      List<List<EncodedSample>> batches = batches(sorted);
      Collections.shuffle(batches, random);
      ready.addAll(batches);
    }
  }

  /** About as many samples as so many batches have. */
  private List<List<EncodedSample>> pools(List<EncodedSample> shuffled) {
    long tokens = shuffled.stream().mapToLong(EncodedSample::length).sum();
    long inTokens = Math.max(1, (long) size.tokens() * shuffled.size() / Math.max(1, tokens));
    int most = (int) Math.min(shuffled.size(), Math.min(size.samples(), inTokens));
    int pool = (int) Math.min(shuffled.size(), (long) BATCHES_IN_A_POOL * most);
    List<List<EncodedSample>> pools = new ArrayList<>();
    for (int start = 0; start < shuffled.size(); start += pool) {
      pools.add(shuffled.subList(start, Math.min(shuffled.size(), start + pool)));
    }
    return pools;
  }

  /** Of samples by length: the last one of a batch is its longest. */
  private List<List<EncodedSample>> batches(List<EncodedSample> sorted) {
    List<List<EncodedSample>> batches = new ArrayList<>();
    int start = 0;
    for (int end = 1; end <= sorted.size(); end++) {
      if (end == sorted.size() || !fits(end + 1 - start, sorted.get(end).length())) {
        batches.add(sorted.subList(start, end));
        start = end;
      }
    }
    return batches;
  }

  private boolean fits(int count, int longest) {
    return count <= size.samples() && (long) count * (longest - 1) <= size.tokens();
  }
}
