package dev.assay.jobs.storage;

import dev.assay.jobs.config.tables.S3Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * An object store that speaks S3: s3proxy, a process on a port of the loopback, one for all tests
 * of a JVM. A bucket is a folder. Its keys are those of the test's environment.
 */
public final class S3Proxy {
  public static final String SECRET = System.getenv("AWS_SECRET_ACCESS_KEY");

  private static final int SECONDS = 120;
  private static final Pattern LISTENS = Pattern.compile("\\{127\\.0\\.0\\.1:([0-9]+)\\}");
  private static S3Proxy running;

  private final Path folder;
  private final int port;

  private S3Proxy(Path folder, int port) {
    this.folder = folder;
    this.port = port;
  }

  /** The one of this JVM. */
  public static synchronized S3Proxy running() {
    if (running == null) {
      try {
        running = start();
      } catch (IOException | InterruptedException failed) {
        throw new AssertionError("s3proxy did not start", failed);
      }
    }
    return running;
  }

  private static S3Proxy start() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("s3proxy");
    Path settings =
        Files.writeString(
            folder.resolve("settings"),
            String.join(
                "\n",
                "s3proxy.endpoint=http://127.0.0.1:0",
                "s3proxy.authorization=aws-v4",
                "s3proxy.identity=" + System.getenv("AWS_ACCESS_KEY_ID"),
                "s3proxy.credential=" + SECRET,
                "jclouds.provider=filesystem-nio2",
                "jclouds.filesystem.basedir=" + Files.createDirectory(folder.resolve("buckets"))));
    Path log = folder.resolve("log");
    Process process =
        new ProcessBuilder(
                "java",
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                System.getProperty("s3proxy.jar"),
                "--properties",
                settings.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(process, folder)));
    long deadline = System.nanoTime() + Duration.ofSeconds(SECONDS).toNanos();
    while (process.isAlive() && System.nanoTime() < deadline) {
      Matcher port = LISTENS.matcher(Files.readString(log));
      if (port.find()) {
        return new S3Proxy(folder.resolve("buckets"), Integer.parseInt(port.group(1)));
      }
      Thread.sleep(100);
    }
    throw new IOException(Files.readString(log));
  }

  private static void end(Process process, Path folder) {
    process.destroyForcibly();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException left) {
      // In the temporary folder.
    }
  }

  /** How it is reached. */
  public S3Settings settings() {
    return settings(port);
  }

  /** The same by another port. */
  public static S3Settings settings(int port) {
    return new S3Settings("http://127.0.0.1:" + port, "", true);
  }

  public int port() {
    return port;
  }

  /** The section s3 of assay.yaml. */
  public String yaml() {
    return "s3: {endpoint: 'http://127.0.0.1:" + port + "', path_style: true}";
  }

  /** Makes an empty bucket that no other test has; its name. */
  public String bucket() {
    String name = "b-" + UUID.randomUUID();
    try {
      Files.createDirectory(folder.resolve(name));
    } catch (IOException unwritable) {
      throw new java.io.UncheckedIOException(unwritable);
    }
    return name;
  }

  /** Every object of a bucket, and what the server keeps beside them. */
  public List<Path> files(String bucket) throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve(bucket))) {
      return files.filter(Files::isRegularFile).toList();
    }
  }
}
