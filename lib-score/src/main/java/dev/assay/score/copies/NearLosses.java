package dev.assay.score.copies;

import dev.assay.score.entry.Breach;
import dev.assay.score.entry.Entry;
import dev.assay.score.entry.EntryOrder;
import dev.assay.score.entry.Losses;
import dev.assay.score.entry.ModelResult;
import dev.assay.score.entry.SampleFilter;
import dev.assay.score.entry.SampleVerdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Finds copies by what they do: two models whose losses are nearly equal on every sample act alike,
 * however different their weights look. A permutation of neurons, an embedding that no sample uses
 * or a layer that adds nothing moves weights as far as one likes and losses not at all.
 *
 * <p>The distance of two models is the root of the mean squared difference of their losses, as a
 * share of the earlier model's mean loss, over the samples that both have a loss for: where one was
 * stopped early, their common prefix. Models that were tuned independently from one base lie far
 * above the largest share that counts as near: docs/scoring.md has the measurement.
 */
public final class NearLosses {
  private NearLosses() {}

  /**
   * A model whose losses are near those of an earlier one.
   *
   * @param earlier the earlier model, which is near to none before it
   * @param share the distance as a share of the earlier model's mean loss
   */
  public record Near(Entry earlier, double share) {
    /** What is told of it. */
    public Breach breach(double largestShare) {
      return new Breach(
          "distance of the losses from an earlier model's, as a share of that model's mean loss,"
              + " above",
          String.format(Locale.ROOT, "%.3g", share),
          largestShare + " (uid " + earlier.uid() + ", block " + earlier.block() + ")");
    }
  }

  /**
   * For each model, in the order given, the earlier model that it is near to; empty for a model
   * that is near to none, that was not accepted, or that is the earliest of its kind.
   */
  public static List<Optional<Near>> find(
      List<ModelResult> models, SampleFilter samples, double largestShare) {
    List<Optional<Near>> found = new ArrayList<>(models.stream().map(m -> none()).toList());
    List<Original> originals = new ArrayList<>();
    for (int index : inOrder(models)) {
      ModelResult model = models.get(index);
      if (!model.outcome().isAccepted()) {
        continue;
      }
      double[] losses = comparable(model.losses(), samples);
      Optional<Near> near =
          originals.stream()
              .map(original -> original.near(losses, largestShare))
              .flatMap(Optional::stream)
              .findFirst();
      found.set(index, near);
      if (near.isEmpty()) {
        originals.add(new Original(model.entry(), losses));
      }
    }
    return found;
  }

  private static Optional<Near> none() {
    return Optional.empty();
  }

  /** One order under every policy, so that the order of the input decides nothing. */
  private static List<Integer> inOrder(List<ModelResult> models) {
    return IntStream.range(0, models.size())
        .boxed()
        .sorted(Comparator.comparing(index -> models.get(index).entry(), EntryOrder.EARLIEST_FIRST))
        .toList();
  }

  /** A model that is near to none before it, with its {@link #comparable} losses. */
  private static final class Original {
    private final Entry entry;
    private final double[] losses;

    Original(Entry entry, double[] losses) {
      this.entry = entry;
      this.losses = losses;
    }

    Optional<Near> near(double[] later, double largestShare) {
      double share = share(losses, later);
      return share <= largestShare ? Optional.of(new Near(entry, share)) : Optional.empty();
    }
  }

  /** The losses, NaN where a sample decides nothing or has none. */
  private static double[] comparable(Losses losses, SampleFilter samples) {
    double[] comparable = losses.toArray();
    for (int i = 0; i < comparable.length; i++) {
      if (!samples.counts(i) || losses.verdict(i) != SampleVerdict.OK) {
        comparable[i] = Double.NaN;
      }
    }
    return comparable;
  }

  /** The distance as a share of the earlier model's mean loss; NaN where no sample is common. */
  private static double share(double[] earlier, double[] later) {
    double squares = 0;
    double sum = 0;
    int common = 0;
    for (int i = 0; i < Math.min(earlier.length, later.length); i++) {
      double difference = earlier[i] - later[i];
      if (!Double.isNaN(difference)) {
        squares += difference * difference;
        sum += earlier[i];
        common++;
      }
    }
    if (squares == 0) {
      return common == 0 ? Double.NaN : 0;
    }
    return Math.sqrt(squares / common) / (sum / common);
  }
}
