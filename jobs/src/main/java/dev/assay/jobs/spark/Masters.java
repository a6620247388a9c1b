package dev.assay.jobs.spark;

import dev.assay.jobs.config.ConfigurationException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The resource managers that Spark can be told to ask, and whether this build has their jars. */
final class Masters {
  private static final List<Pattern> BUILT_IN =
      List.of(
          Pattern.compile("local(\\[[^\\[\\]]+])?"),
          Pattern.compile("local-cluster\\[[^\\[\\]]+]"),
          Pattern.compile("spark://.+"));

  /**
   * One that needs a jar.
   *
   * @param begins the master's name, or how it begins
   * @param manager Spark's class for it
   * @param advice what to do where that class is missing
   */
  private record Pluggable(String begins, String manager, String advice) {}

  private static final List<Pluggable> PLUGGABLE =
      List.of(
          new Pluggable(
              "yarn",
              "org.apache.spark.scheduler.cluster.YarnClusterManager",
              "take the jar spark-yarn of a release of Assay along"),
          new Pluggable(
              "k8s://",
              "org.apache.spark.scheduler.cluster.k8s.KubernetesClusterManager",
              "run a standalone master in Kubernetes and name it, spark://HOST:7077"),
          new Pluggable(
              "mesos://",
              "org.apache.spark.scheduler.cluster.mesos.MesosClusterManager",
              "name a standalone master, spark://HOST:7077"));

  private Masters() {}

  /**
   * Refuses a master that Spark would fail on.
   *
   * @throws ConfigurationException in one line, with what to do
   */
  static void require(String master) {
    if (BUILT_IN.stream().anyMatch(form -> form.matcher(master).matches())) {
      return;
    }
    Optional<Pluggable> known =
        PLUGGABLE.stream().filter(each -> master.startsWith(each.begins())).findFirst();
    if (known.isEmpty()) {
      throw new ConfigurationException(
          "spark.master is %s; it can be local[N], spark://HOST:PORT, yarn, or empty for executors on this machine"
              .formatted(master));
    }
    if (!isThere(known.get().manager())) {
      throw new ConfigurationException(
          "spark.master is %s, and this build has no jar of Spark for it: %s"
              .formatted(master, known.get().advice()));
    }
  }

  private static boolean isThere(String className) {
    try {
      Class.forName(className, false, Thread.currentThread().getContextClassLoader());
      return true;
    } catch (ClassNotFoundException missing) {
      return false;
    }
  }
}
