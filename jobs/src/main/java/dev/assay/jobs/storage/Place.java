package dev.assay.jobs.storage;

import dev.assay.jobs.config.ConfigurationException;
import dev.assay.jobs.config.tables.S3Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.SortedSet;
import org.apache.hadoop.conf.Configuration;

/** Where named objects are kept, each kind of them under a name: a folder, or part of a bucket. */
public interface Place {
  /**
   * The place at an address; nothing is made and nothing looked at yet.
   *
   * @param address a path of this machine, or {@code s3a://BUCKET/FOLDER}
   * @param hadoop what else is set for the object store's client
   * @throws ConfigurationException if no client is at hand for it
   */
  static Place at(String address, S3Settings s3, Configuration hadoop) {
    if (!S3Settings.isAddress(address)) {
      return new FolderPlace(Path.of(address).toAbsolutePath().normalize());
    }
    try {
      org.apache.hadoop.fs.Path root = new org.apache.hadoop.fs.Path(address + "/");
      return new BucketPlace(root.getFileSystem(S3Client.configuration(hadoop, s3)), root);
    } catch (IOException | RuntimeException unusable) {
      throw new ConfigurationException(
          "%s can't be opened: %s; correct the address, or the section s3"
              .formatted(address, StoreFault.firstLine(unusable)),
          unusable);
    }
  }

  /** Those under one name, which may begin with a dot. */
  NamedObjects objects(String name);

  /** The names under which there are objects, hidden ones left out. */
  SortedSet<String> names();

  /**
   * Asks at once for what would fail later, and after many tries.
   *
   * @throws dev.assay.jobs.config.ConfigurationException if the store is not there, or its keys
   *     lack the right to list or to read
   */
  void requireReadable();

  /** Exclusive rights of all processes that use the place. */
  Leases leases(Clock clock);

  /** How a message names the place. */
  String address();
}
