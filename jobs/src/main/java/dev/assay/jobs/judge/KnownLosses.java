package dev.assay.jobs.judge;

import dev.assay.jobs.tables.LossRow;
import dev.assay.jobs.work.EncodedSamples;
import dev.assay.model.loss.LossModel;
import dev.assay.score.statistics.Pursuit;
import java.io.Serializable;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The losses of one competition's window that are in the table already, by model and kernel. */
public final class KnownLosses implements Serializable {
  private static final long serialVersionUID = 1L;

  private record Computation(String modelDigest, String kernel) implements Serializable {}

  /** The means of one model's losses by one kernel; those that are not in the set are unknown. */
  private static final class Means implements Serializable {
    private static final long serialVersionUID = 1L;

    private final BitSet indexes = new BitSet();
    private final double[] values;

    Means(int samples) {
      values = new double[samples];
    }

    void set(int index, double mean) {
      indexes.set(index);
      values[index] = mean;
    }

    boolean has(int index) {
      return indexes.get(index);
    }

    double at(int index) {
      return values[index];
    }
  }

  private final Map<Computation, Means> known = new HashMap<>();

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
        Means means =
            losses.known.computeIfAbsent(
                new Computation(row.modelDigest(), row.kernel()),
                ignored -> new Means(samples.count()));
        means.set(index, row.mean());
      }
    }
    return losses;
  }

  /** The machines whose kernels have computed them, in this version of the computation. */
  public Set<String> machines() {
    return known.keySet().stream()
        .flatMap(computation -> LossModel.machine(computation.kernel()).stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * The kernel by which all of the model's losses are known, or all that are looked at.
   *
   * @param count how many there are
   * @param pursuit what they end by before the last one
   * @param suits which kernels will do; of several the first by name
   */
  Optional<String> complete(
      String modelDigest, int count, Optional<Pursuit> pursuit, Predicate<String> suits) {
    return known.entrySet().stream()
        .filter(entry -> entry.getKey().modelDigest().equals(modelDigest))
        .filter(entry -> isComplete(entry.getValue(), count, pursuit))
        .map(entry -> entry.getKey().kernel())
        .filter(suits)
        .sorted()
        .findFirst();
  }

  private static boolean isComplete(Means means, int count, Optional<Pursuit> pursuit) {
    Optional<Pursuit.Course> course = pursuit.map(Pursuit::begin);
    for (int index = 0; index < count; index++) {
      if (!means.has(index)) {
        return false;
      }
      if (course.isPresent() && course.get().isLostAfter(means.at(index))) {
        return true;
      }
    }
    return true;
  }

  /** The model's mean loss on a sample, NaN where it is not OK; empty if it has to be computed. */
  Optional<Double> mean(String modelDigest, String kernel, int index) {
    return Optional.ofNullable(known.get(new Computation(modelDigest, kernel)))
        .filter(means -> means.has(index))
        .map(means -> means.at(index));
  }
}
