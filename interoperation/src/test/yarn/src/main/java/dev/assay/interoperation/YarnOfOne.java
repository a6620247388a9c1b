package dev.assay.interoperation;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.server.MiniYARNCluster;

/** Hadoop's own resource manager and one node manager, whose containers are real processes. */
public final class YarnOfOne {
  private YarnOfOne() {}

  /**
   * Starts it, writes {@code yarn-site.xml} for its clients, and serves until it is told to end.
   *
   * @param arguments the folder of that file
   */
  public static void main(String[] arguments) throws Exception {
    YarnConfiguration configuration = new YarnConfiguration();
    configuration.set("fs.defaultFS", "file:///");
    configuration.setInt(YarnConfiguration.NM_PMEM_MB, 6_144);
    configuration.setInt(YarnConfiguration.NM_VCORES, 8);
    configuration.setInt(YarnConfiguration.RM_SCHEDULER_MINIMUM_ALLOCATION_MB, 256);
    // Mapped weights are no memory of a container's own.
    configuration.setBoolean(YarnConfiguration.NM_PMEM_CHECK_ENABLED, false);
    configuration.setBoolean(YarnConfiguration.NM_VMEM_CHECK_ENABLED, false);
    configuration.setFloat(YarnConfiguration.NM_MAX_PER_DISK_UTILIZATION_PERCENTAGE, 100);
    MiniYARNCluster cluster = new MiniYARNCluster("yarn", 1, 1, 1);
    cluster.init(configuration);
    cluster.start();
    Runtime.getRuntime().addShutdownHook(new Thread(cluster::stop));
    try (OutputStream file = Files.newOutputStream(Path.of(arguments[0], "yarn-site.xml"))) {
      cluster.getConfig().writeXml(file);
    }
    System.out.println("yarn is up");
    new CountDownLatch(1).await();
  }
}
