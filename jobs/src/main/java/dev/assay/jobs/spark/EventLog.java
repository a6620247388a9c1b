package dev.assay.jobs.spark;

import java.io.IOException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What Spark's history server shows of an application after its end: one file an application. */
final class EventLog {
  private static final Logger LOG = LoggerFactory.getLogger(EventLog.class);

  private static final String ENABLED = "spark.eventLog.enabled";

  private EventLog() {}

  /**
   * Has the log kept in a folder, unless the application was submitted with a choice of its own. A
   * folder that can't be made costs the log and nothing else.
   *
   * @param folder a path of this machine, or the address of an object store; empty for no log
   */
  static void keep(SparkConf conf, String folder) {
    if (folder.isEmpty() || conf.contains(ENABLED)) {
      return;
    }
    try {
      Path path = folder.contains("://") ? new Path(folder) : local(folder);
      FileSystem files = path.getFileSystem(SparkHadoopUtil.get().newConfiguration(conf));
      if (!files.mkdirs(path)) {
        throw new IOException("it is no folder");
      }
      conf.set(ENABLED, "true");
      conf.set("spark.eventLog.dir", path.toString());
      conf.setIfMissing("spark.eventLog.compress", "true");
    } catch (IOException unwritable) {
      LOG.warn(
          "Spark's event log can't be kept in {}: {}; set paths.events to a folder that can be"
              + " written, or to \"\"",
          folder,
          unwritable.getMessage());
    }
  }

  private static Path local(String folder) {
    return new Path(java.nio.file.Path.of(folder).toAbsolutePath().normalize().toUri());
  }
}
