package dev.assay.jobs.storage;

import dev.assay.jobs.DurableStep;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.s3a.RemoteFileChangedException;

/**
 * Objects of a bucket whose names begin alike. Each is sent by one request, which the store carries
 * out whole or not at all, and has carried out durably when it answers.
 */
final class BucketObjects implements NamedObjects {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,199}");

  /** S3A's name of {@code If-None-Match: *}; a version that doesn't know it refuses to write. */
  private static final String UNLESS_THERE = "fs.option.create.conditional.overwrite";

  /** An object may be replaced between two requests of a reader, each time anew. */
  private static final int MOST_READS = 5;

  private final FileSystem files;
  private final Path prefix;

  BucketObjects(FileSystem files, Path prefix) {
    this.files = files;
    this.prefix = prefix;
  }

  /** Where the store's answer is lost and the request sent again, nobody is told of being first. */
  @Override
  public boolean create(String name, byte[] content) {
    Path object = object(name);
    FSDataOutputStreamBuilder<?, ?> request = files.createFile(object).overwrite(false);
    request.must(UNLESS_THERE, true);
    try {
      send(object, request, content);
      return true;
    } catch (RemoteFileChangedException taken) {
      return false;
    } catch (IOException unwritable) {
      throw StoreFault.worded(address(name) + " cannot be written", unwritable);
    }
  }

  @Override
  public void replace(String name, byte[] content) {
    Path object = object(name);
    try {
      send(object, files.createFile(object).overwrite(true), content);
    } catch (IOException unwritable) {
      throw StoreFault.worded(address(name) + " cannot be written", unwritable);
    }
  }

  private static void send(Path object, FSDataOutputStreamBuilder<?, ?> request, byte[] content)
      throws IOException {
    DurableStep.next("put " + object);
    FSDataOutputStream out = request.build();
    try {
      out.write(content);
    } catch (IOException | RuntimeException incomplete) {
      // Closing it would publish what there is of it.
      out.abort();
      throw incomplete;
    }
    out.close();
  }

  @Override
  public void delete(String name) {
    Path object = object(name);
    DurableStep.next("delete " + object);
    try {
      files.delete(object, false);
    } catch (IOException left) {
      throw StoreFault.worded(address(name) + " cannot be deleted", left);
    }
  }

  @Override
  public Optional<byte[]> read(String name, long mostBytes) {
    Path object = object(name);
    for (int reads = 1; ; reads++) {
      try {
        return read(object, name, mostBytes);
      } catch (FileNotFoundException none) {
        return Optional.empty();
      } catch (RemoteFileChangedException replaced) {
        if (reads == MOST_READS) {
          throw StoreFault.worded(address(name) + " cannot be read", replaced);
        }
      } catch (IOException unreadable) {
        throw StoreFault.worded(address(name) + " cannot be read", unreadable);
      }
    }
  }

  private Optional<byte[]> read(Path object, String name, long mostBytes) throws IOException {
    FileStatus status = files.getFileStatus(object);
    if (!status.isFile()) {
      return Optional.empty();
    }
    if (status.getLen() > mostBytes) {
      throw new IllegalArgumentException(
          address(name) + " has " + status.getLen() + " bytes; at most " + mostBytes);
    }
    try (FSDataInputStream in = files.open(object)) {
      byte[] content = in.readNBytes((int) Math.min(mostBytes + 1, Integer.MAX_VALUE));
      if (content.length > mostBytes) {
        throw new RemoteFileChangedException(object.toString(), "read", "it has grown meanwhile");
      }
      return Optional.of(content);
    }
  }

  @Override
  public SortedSet<String> names() {
    try {
      return Arrays.stream(files.listStatus(prefix))
          .filter(FileStatus::isFile)
          .map(each -> each.getPath().getName())
          .filter(name -> NAME.matcher(name).matches())
          .collect(Collectors.toCollection(TreeSet::new));
    } catch (FileNotFoundException empty) {
      return new TreeSet<>();
    } catch (IOException unreadable) {
      throw StoreFault.worded(address() + " cannot be listed", unreadable);
    }
  }

  @Override
  public String address() {
    return prefix.toString();
  }

  private Path object(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "the name " + name + " in " + prefix + "; letters, digits, dots, hyphens, underscores");
    }
    return new Path(prefix, name);
  }
}
