package dev.assay.jobs.recorded;

import dev.assay.chain.keys.AccountId;
import dev.assay.chain.keys.Signer;
import dev.assay.chain.keys.Sr25519;
import dev.assay.jobs.config.ConfigurationException;
import dev.assay.jobs.config.tables.S3Settings;
import dev.assay.jobs.feed.FeedSample;
import dev.assay.jobs.storage.S3Client;
import dev.assay.jobs.storage.StoreFault;
import dev.assay.jobs.tables.LocalFiles;
import dev.assay.score.bundle.Manifest;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.StreamCapabilities;

/**
 * Where a recorded snapshot lies: a folder of this machine, or one in an object store. Its manifest
 * is written last and removed first: where it is, the snapshot is whole. What it holds is
 * third-party input, bounded in size; every fault is an {@link IllegalArgumentException} of one
 * line.
 */
public final class RecordedFolder {
  static final String MANIFEST = "manifest.txt";
  static final String SIGNATURE = "manifest.sig";
  private static final String UNFINISHED = "manifest.new";
  private static final long MOST_MANIFEST_BYTES = 8L << 20;
  private static final String ELSEWHERE =
      "get the snapshot again, or ask the validator that recorded it";
  private static final Pattern DIGITS = Pattern.compile("[0-9a-f]{128}\n?");

  private final FileSystem files;
  private final Path folder;

  private RecordedFolder(FileSystem files, Path folder) {
    this.files = files;
    this.folder = folder;
  }

  /**
   * The folder at an address; nothing is looked at yet.
   *
   * @param address a path of this machine, or {@code file:} or {@code s3a:} with one
   * @param s3 the object store
   * @throws ConfigurationException if no file system is at hand for it
   */
  public static RecordedFolder at(String address, S3Settings s3) {
    if (S3Settings.isAddress(address)) {
      S3Settings.wrongFolder("the address", address)
          .ifPresent(
              wrong -> {
                throw new ConfigurationException(wrong);
              });
    }
    Configuration hadoop =
        LocalFiles.configuration(S3Client.configuration(new Configuration(), s3));
    try {
      Path folder = new Path(address.contains("://") ? remoteOrLocal(address) : local(address));
      FileSystem files = folder.getFileSystem(hadoop);
      // The manifest's digests say more.
      files.setWriteChecksum(false);
      files.setVerifyChecksum(false);
      return new RecordedFolder(files, folder);
    } catch (IOException | RuntimeException unusable) {
      throw new ConfigurationException(
          address + " can't be opened as a folder: " + firstLine(unusable), unusable);
    }
  }

  /** A folder of this machine, as {@link #at(String, S3Settings)} has it. */
  public static RecordedFolder at(String address) {
    return at(address, S3Settings.AMAZON);
  }

  private static String remoteOrLocal(String address) {
    return address.startsWith("file:")
        ? local(java.nio.file.Path.of(URI.create(address)).toString())
        : address;
  }

  /** Hadoop takes a path as it is spelled: nothing may be escaped. */
  private static String local(String path) {
    return "file://" + java.nio.file.Path.of(path).toAbsolutePath().normalize();
  }

  private static String firstLine(Exception failure) {
    return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
  }

  /** How a message names the folder. */
  public String address() {
    return folder.toUri().getScheme().equals("file") ? folder.toUri().getPath() : folder.toString();
  }

  /** Whether something was recorded here: a manifest is there, whatever it holds. */
  public boolean isRecorded() {
    try {
      return files.exists(new Path(folder, MANIFEST));
    } catch (IOException | RuntimeException unusable) {
      throw StoreFault.of(address() + " can't be read: ", unusable)
          .orElseGet(
              () ->
                  new ConfigurationException(
                      address() + " can't be read: " + firstLine(unusable), unusable));
    }
  }

  /** The address of a file for Spark. */
  String address(String name) {
    return new Path(folder, name).toString();
  }

  /**
   * The manifest, whose signature is its recorder's.
   *
   * @throws IllegalArgumentException if there is none, or another one was signed
   */
  public RecordedManifest manifest() {
    byte[] bytes = required(MANIFEST, MOST_MANIFEST_BYTES);
    String signature =
        new String(required(SIGNATURE, MOST_MANIFEST_BYTES), StandardCharsets.US_ASCII);
    RecordedManifest manifest = read(bytes);
    boolean signed =
        DIGITS.matcher(signature).matches()
            && Sr25519.verify(
                AccountId.fromSs58(manifest.recorder()),
                bytes,
                HexFormat.of().parseHex(signature.strip()));
    if (!signed) {
      throw new IllegalArgumentException(
          "%s is not the signature of %s under %s; %s"
              .formatted(SIGNATURE, manifest.recorder(), MANIFEST, ELSEWHERE));
    }
    return manifest;
  }

  private RecordedManifest read(byte[] bytes) {
    try {
      return RecordedManifest.read(bytes);
    } catch (IllegalArgumentException malformed) {
      throw new IllegalArgumentException(
          MANIFEST + ": " + malformed.getMessage() + "; " + ELSEWHERE, malformed);
    }
  }

  /**
   * The samples of one file, whose bytes are those that the manifest names; their own signatures
   * are not verified.
   *
   * @throws IllegalArgumentException if the file is missing, has other bytes, or is none
   */
  List<FeedSample> samples(String name, RecordedFile expected) {
    byte[] bytes = bytes(name, expected);
    try {
      List<FeedSample> samples = RecordedFormat.of(name).samples(bytes, expected.rows());
      if (samples.size() != expected.rows()) {
        throw new IllegalArgumentException(
            "it has %d rows, the manifest says %d".formatted(samples.size(), expected.rows()));
      }
      return samples;
    } catch (IllegalArgumentException malformed) {
      throw new IllegalArgumentException(name + ": " + malformed.getMessage(), malformed);
    }
  }

  /** A file's bytes, which are those that the manifest names. */
  byte[] bytes(String name, RecordedFile expected) {
    byte[] bytes = required(name, expected.digest().bytes());
    Manifest.FileDigest digest = Manifest.FileDigest.of(bytes);
    if (!digest.equals(expected.digest())) {
      throw new IllegalArgumentException(
          "%s has the SHA-256 %s, the manifest says %s; %s"
              .formatted(name, digest.sha256(), expected.digest().sha256(), ELSEWHERE));
    }
    return bytes;
  }

  private byte[] required(String name, long mostBytes) {
    try (FSDataInputStream in = files.open(new Path(folder, name))) {
      byte[] bytes = in.readNBytes((int) mostBytes + 1);
      if (bytes.length > mostBytes) {
        throw new IllegalArgumentException(
            "%s has more than %d bytes; %s".formatted(name, mostBytes, ELSEWHERE));
      }
      return bytes;
    } catch (FileNotFoundException missing) {
      throw new IllegalArgumentException(
          "%s is missing in %s; %s".formatted(name, address(), ELSEWHERE), missing);
    } catch (IOException unreadable) {
      throw failed(address() + "/" + name + " cannot be read: ", unreadable);
    }
  }

  /**
   * Makes room for a snapshot: what an earlier one, or a killed run, has left goes.
   *
   * @throws ConfigurationException if the folder holds anything else
   */
  void clear() {
    try {
      files.mkdirs(folder);
      List<String> names =
          List.of(files.listStatus(folder)).stream().map(RecordedFolder::name).sorted().toList();
      Optional<String> other = names.stream().filter(name -> !isOurs(name)).findFirst();
      if (other.isPresent()) {
        throw new ConfigurationException(
            "%s holds %s, which is no part of a recorded snapshot; name a new or an empty folder"
                .formatted(address(), other.get()));
      }
      files.delete(new Path(folder, MANIFEST), false);
      for (String name : names) {
        files.delete(new Path(folder, name), false);
      }
    } catch (IOException unwritable) {
      throw failed(address() + " cannot be written: ", unwritable);
    }
  }

  private static RuntimeException failed(String what, IOException failure) {
    return StoreFault.of(what, failure)
        .orElseGet(() -> new UncheckedIOException(what + firstLine(failure), failure));
  }

  private static String name(FileStatus file) {
    return file.isDirectory() ? file.getPath().getName() + "/" : file.getPath().getName();
  }

  private static boolean isOurs(String name) {
    try {
      return List.of(MANIFEST, SIGNATURE, UNFINISHED).contains(name)
          || RecordedFormat.of(name) != null;
    } catch (IllegalArgumentException other) {
      return false;
    }
  }

  void write(String name, byte[] content) {
    try (FSDataOutputStream out = files.create(new Path(folder, name), true)) {
      out.write(content);
      // An object store has it durably when the stream is closed.
      if (out.hasCapability(StreamCapabilities.HSYNC)) {
        out.hsync();
      }
    } catch (IOException unwritable) {
      throw failed(address() + "/" + name + " cannot be written: ", unwritable);
    }
  }

  /** Completes a snapshot whose files are written. */
  void sign(RecordedManifest manifest, Signer hotkey) {
    byte[] bytes = manifest.toBytes();
    String signature = HexFormat.of().formatHex(hotkey.sign(bytes)) + "\n";
    write(SIGNATURE, signature.getBytes(StandardCharsets.US_ASCII));
    write(UNFINISHED, bytes);
    try {
      files.rename(new Path(folder, UNFINISHED), new Path(folder, MANIFEST));
    } catch (IOException unwritable) {
      throw failed(address() + "/" + MANIFEST + " cannot be written: ", unwritable);
    }
  }
}
