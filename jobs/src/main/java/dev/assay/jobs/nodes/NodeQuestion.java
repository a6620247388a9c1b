package dev.assay.jobs.nodes;

import dev.assay.jobs.fanout.Work;
import dev.assay.jobs.work.Fault;
import dev.assay.model.causal.Precision;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;

/**
 * Asks a node what it is, what it holds, and whether it computes right.
 *
 * @param precisions that it must compute in; none if it only fetches, and needs no engine
 */
public record NodeQuestion(NodeStore store, int threads, ArrayList<Precision> precisions)
    implements Work<String, NodeReport> {
  @Override
  public NodeReport run(String node, TaskContext context) {
    String executor = SparkEnv.get().executorId();
    Device device = Device.of(context, threads);
    Optional<String> problem =
        precisions.stream()
            .map(precision -> Proof.fault(device, precision, store))
            .flatMap(Optional::stream)
            .map(Fault::reason)
            .findFirst();
    try {
      return new NodeReport(
          executor,
          problem.isEmpty() && !precisions.isEmpty() ? device.machine() : "",
          problem.orElse(""),
          List.copyOf(store.contents()));
    } catch (IOException unreadable) {
      return new NodeReport(
          executor, "", NodeDisk.fault(store.path(), unreadable).reason(), List.of());
    }
  }
}
