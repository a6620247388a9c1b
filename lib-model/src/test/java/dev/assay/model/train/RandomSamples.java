package dev.assay.model.train;

import dev.assay.model.text.EncodedSample;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Samples whose next token follows from the last one but for a choice of three: a model that learns
 * them nears ln 3.
 */
public final class RandomSamples {
  private RandomSamples() {}

  public static List<EncodedSample> chains(int count, int shortest, int longest, int vocabulary) {
    Random random = new Random(11);
    List<EncodedSample> samples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int[] ids = new int[shortest + random.nextInt(longest - shortest + 1)];
      int id = random.nextInt(vocabulary);
      for (int j = 0; j < ids.length; j++) {
        ids[j] = id;
        id = (id * 3 + 7 + random.nextInt(3)) % vocabulary;
      }
      samples.add(new EncodedSample(ids, shortest / 4));
    }
    return samples;
  }
}
