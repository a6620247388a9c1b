package dev.assay.jobs.evaluate;

import dev.assay.chain.subtensor.BlockView;
import dev.assay.chain.subtensor.Subtensor;
import dev.assay.jobs.NotReadyException;
import dev.assay.jobs.chain.ChainAccess;
import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.jobs.storage.Lease;
import dev.assay.jobs.tables.SampleRow;
import dev.assay.jobs.tables.Warehouse;
import dev.assay.score.sampling.Window;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.expressions.Expressions;

/**
 * Whether an evaluation can begin. It is asked before Spark starts, which takes half a minute that
 * no one should wait for a refusal; the evaluation itself checks again.
 */
public final class Readiness {
  private Readiness() {}

  /**
   * Refuses what would be refused after Spark's start.
   *
   * @param at height to evaluate; the last finalised block where none is given
   * @throws NotReadyException if another evaluation runs, the block isn't final or there are no
   *     samples
   * @throws dev.assay.jobs.config.ConfigurationException if the chain has no such subnet
   */
  public static void require(AssayConfiguration configuration, OptionalLong at) {
    try (Warehouse warehouse = Warehouse.open(configuration.warehouse(), new Configuration())) {
      requireAlone(configuration, warehouse);
      try (Subtensor chain = ChainAccess.connect(configuration)) {
        BlockView head = chain.at(chain.finalizedHead());
        ChainAccess.requireSubnet(head, "chain.netuid", configuration.chain().netuid());
        requireFinal(at, head.number());
        Window window =
            Window.containing(at.orElse(head.number()), configuration.window().blocks());
        requireSamples(warehouse, window);
      }
    }
  }

  private static void requireAlone(AssayConfiguration configuration, Warehouse warehouse) {
    Optional<Lease> lease = warehouse.lease("evaluate");
    lease
        .orElseThrow(
            () ->
                new NotReadyException(
                    "another evaluation runs on "
                        + configuration.paths().warehouse()
                        + "; wait for it"))
        .close();
  }

  private static void requireFinal(OptionalLong at, long head) {
    if (at.isPresent() && at.getAsLong() > head) {
      throw new NotReadyException(
          "block " + at.getAsLong() + " is not final; the last final one is " + head);
    }
  }

  private static void requireSamples(Warehouse warehouse, Window window) {
    if (window.firstBlock() == 0) {
      throw new NotReadyException(
          "the chain's first window has none before it that samples could come from; wait for block"
              + " "
              + window.blocks());
    }
    boolean any =
        !warehouse
            .table(SampleRow.TABLE)
            .rows(
                Expressions.and(
                    Expressions.greaterThanOrEqual("block", window.firstSampleBlock()),
                    Expressions.lessThan("block", window.firstBlock())))
            .isEmpty();
    if (!any) {
      throw new NotReadyException(
          "the samples table has none of blocks "
              + window.firstSampleBlock()
              + " to "
              + (window.firstBlock() - 1)
              + ", which window "
              + window.number()
              + " is judged on; 'assay snapshot' takes them, and says what it refuses and why");
    }
  }
}
