package dev.assay.jobs.judge;

import dev.assay.jobs.tables.LossRow;
import dev.assay.jobs.work.EncodedSamples;
import java.io.Serializable;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Which losses of one competition's window are in the table already, by model and kernel. */
public final class KnownLosses implements Serializable {
  private static final long serialVersionUID = 1L;

  private record Computation(String modelDigest, String kernel) implements Serializable {}

  private final Map<Computation, BitSet> known = new HashMap<>();

  private KnownLosses() {}

  /** None. */
  public static KnownLosses none() {
    return new KnownLosses();
  }

  /** Finds them among the rows of the window's blocks. */
  public static KnownLosses of(Collection<LossRow> rows, EncodedSamples samples) {
    Map<String, Integer> indexes = new HashMap<>();
    for (int index = 0; index < samples.count(); index++) {
      indexes.put(samples.sampleId(index), index);
    }
    KnownLosses losses = new KnownLosses();
    for (LossRow row : rows) {
      Integer index = indexes.get(row.sampleId());
      if (index != null && samples.fit(row)) {
        losses
            .known
            .computeIfAbsent(
                new Computation(row.modelDigest(), row.kernel()), ignored -> new BitSet())
            .set(index);
      }
    }
    return losses;
  }

  /**
   * The kernel by which all of the model's losses are known.
   *
   * @param count how many that are
   * @param suits which kernels will do; of several the first by name
   */
  Optional<String> complete(String modelDigest, int count, Predicate<String> suits) {
    return known.entrySet().stream()
        .filter(entry -> entry.getKey().modelDigest().equals(modelDigest))
        .filter(entry -> entry.getValue().cardinality() == count)
        .map(entry -> entry.getKey().kernel())
        .filter(suits)
        .sorted()
        .findFirst();
  }

  /** Whether the model's loss on the sample need not be computed. */
  boolean has(String modelDigest, String kernel, int index) {
    BitSet indexes = known.get(new Computation(modelDigest, kernel));
    return indexes != null && indexes.get(index);
  }
}
