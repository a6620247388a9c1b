package dev.assay.jobs.nodes;

import java.util.HashSet;
import java.util.Set;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkEnv;
import org.apache.spark.SparkExecutorInfo;

/** The machines that executors run on. */
public record ExecutorHosts(SparkContext spark) {

  /** Whether there is one machine only, so that all executors share its disk. */
  public boolean areOne() {
    int drivers = SparkEnv.get().blockManager().blockManagerId().port();
    Set<String> hosts = new HashSet<>();
    for (SparkExecutorInfo executor : spark.statusTracker().getExecutorInfos()) {
      if (executor.port() != drivers) {
        hosts.add(executor.host());
      }
    }
    return hosts.size() <= 1;
  }
}
