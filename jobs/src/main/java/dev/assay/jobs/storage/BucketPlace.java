package dev.assay.jobs.storage;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Clock;
import java.util.Arrays;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Part of a bucket: all objects whose names begin with its own. */
final class BucketPlace implements Place {
  private static final String LEASES = ".leases";

  private final FileSystem files;
  private final Path root;

  BucketPlace(FileSystem files, Path root) {
    this.files = files;
    this.root = root;
  }

  @Override
  public NamedObjects objects(String name) {
    return new BucketObjects(files, new Path(root, name));
  }

  @Override
  public SortedSet<String> names() {
    try {
      return Arrays.stream(files.listStatus(root))
          .filter(FileStatus::isDirectory)
          .map(each -> each.getPath().getName())
          .filter(name -> !name.startsWith("."))
          .collect(Collectors.toCollection(TreeSet::new));
    } catch (FileNotFoundException empty) {
      return new TreeSet<>();
    } catch (IOException unreadable) {
      throw StoreFault.worded(address() + " cannot be listed", unreadable);
    }
  }

  @Override
  public void requireReadable() {
    names();
    // Of what isn't there, a store says whether it might be read.
    objects(LEASES).read("none", 0);
  }

  @Override
  public Leases leases(Clock clock) {
    return new ObjectLeases(objects(LEASES), clock);
  }

  @Override
  public String address() {
    return root.toString();
  }
}
