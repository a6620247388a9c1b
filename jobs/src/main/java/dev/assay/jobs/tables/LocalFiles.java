package dev.assay.jobs.tables;

import dev.assay.jobs.DurableStep;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;

/**
 * Hadoop's local file system, but permissions are set by this process. Hadoop itself starts a chmod
 * for every file it creates where its native library is missing, ten of them for one commit.
 */
public final class LocalFiles extends LocalFileSystem {
  /** Made by Hadoop, by the name in {@code fs.file.impl}. */
  public LocalFiles() {
    super(new Raw());
  }

  /** The same settings, under which this class is the local file system. */
  public static Configuration configuration(Configuration hadoop) {
    Configuration own = new Configuration(hadoop);
    own.set("fs.file.impl", LocalFiles.class.getName());
    // Else another part of this process may have cached Hadoop's own.
    own.setBoolean("fs.file.impl.disable.cache", true);
    return own;
  }

  private static final class Raw extends RawLocalFileSystem {
    /** Where every way to create a file ends, whether it replaces one or not. */
    @Override
    protected OutputStream createOutputStreamWithMode(
        org.apache.hadoop.fs.Path path, boolean append, FsPermission permission)
        throws IOException {
      DurableStep.next("create " + path);
      return super.createOutputStreamWithMode(path, append, permission);
    }

    @Override
    public boolean rename(org.apache.hadoop.fs.Path from, org.apache.hadoop.fs.Path to)
        throws IOException {
      DurableStep.next("rename " + from + " to " + to.getName());
      return super.rename(from, to);
    }

    @Override
    public boolean delete(org.apache.hadoop.fs.Path path, boolean recursive) throws IOException {
      DurableStep.next("delete " + path);
      return super.delete(path, recursive);
    }

    @Override
    public void setPermission(org.apache.hadoop.fs.Path path, FsPermission permission)
        throws IOException {
      // Nine characters, as both sides write them.
      String symbols =
          permission.getUserAction().SYMBOL
              + permission.getGroupAction().SYMBOL
              + permission.getOtherAction().SYMBOL;
      Path file = pathToFile(path).toPath();
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(symbols));
    }
  }
}
