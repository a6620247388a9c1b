package dev.assay.cli.demo;

import dev.assay.cli.terminal.UsageException;
import dev.assay.score.rules.Policy;
import java.util.Iterator;
import java.util.stream.Stream;

/**
 * A policy that the demo has a competition for.
 *
 * @param name of the policy
 * @param competitions the built-in file
 * @param askers validators of the samples' subnet; below eight sources assay-1 establishes nothing
 * @param windows that are evaluated; what a model is stopped against is known from the first
 */
record DemoPolicy(String name, String competitions, int askers, int windows) {
  static final DemoPolicy RANKED =
      new DemoPolicy(Policy.ORIGINAL_RANKED, "competitions-demo.yaml", 2, 1);
  static final DemoPolicy ASSAY_1 =
      new DemoPolicy(Policy.ASSAY_1, "competitions-assay-1.yaml", 10, 2);

  /** The names for completion. */
  static final class Names implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Stream.of(RANKED, ASSAY_1).map(DemoPolicy::name).iterator();
    }
  }

  /**
   * The policy that goes by a name.
   *
   * @throws UsageException if the demo has none of that name
   */
  static DemoPolicy named(String name) {
    return Stream.of(RANKED, ASSAY_1)
        .filter(policy -> policy.name.equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new UsageException(
                    "--policy is %s; the demo has competitions under %s and %s"
                        .formatted(name, RANKED.name, ASSAY_1.name)));
  }

  /** Blocks by which a commitment has to be older than the samples it is judged by. */
  long delayBlocks() {
    return Policy.named(name).sampling().delayBlocks();
  }
}
