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
  private final int batchSamples;
  private final Random random;
  private final Deque<List<EncodedSample>> ready = new ArrayDeque<>();

  SampleOrder(List<EncodedSample> samples, int batchSamples, long seed) {
    if (samples.isEmpty()) {
      throw new IllegalArgumentException("there is no sample with a token to count to train on");
    }
    this.samples = samples;
    this.batchSamples = batchSamples;
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
    for (List<EncodedSample> pool : cut(shuffled, BATCHES_IN_A_POOL * batchSamples)) {
      List<EncodedSample> sorted = new ArrayList<>(pool);
      sorted.sort(Comparator.comparingInt(sample -> sample.length()));
      List<List<EncodedSample>> batches = cut(sorted, batchSamples);
      Collections.shuffle(batches, random);
      ready.addAll(batches);
    }
  }

  private static List<List<EncodedSample>> cut(List<EncodedSample> samples, int size) {
    List<List<EncodedSample>> parts = new ArrayList<>();
    for (int start = 0; start < samples.size(); start += size) {
      parts.add(samples.subList(start, Math.min(samples.size(), start + size)));
    }
    return parts;
  }
}
