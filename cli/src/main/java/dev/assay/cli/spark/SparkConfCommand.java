package dev.assay.cli.spark;

import dev.assay.cli.settings.ConfigurationOption;
import dev.assay.cli.terminal.ExitCode;
import dev.assay.cli.terminal.Output;
import dev.assay.jobs.spark.SessionArguments;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "spark-conf",
    description = {
      "Prints the arguments with which spark-sql, pyspark or spark-shell has the warehouse as the"
          + " catalog assay, the data source bittensor and the losses of any models.",
      "Assay's own Spark home needs settings alone. Another Spark 3.5 for Scala 2.12, such as"
          + " PySpark 3.5 from PyPI, needs Assay's jars as well: name its home."
    },
    footer = {
      "",
      "  assay spark-conf",
      "",
      "  spark-sql $(assay spark-conf --spark-home /opt/spark) -e 'SHOW TABLES IN assay'",
      "  pyspark $(assay spark-conf --spark-home /opt/spark)"
    })
public final class SparkConfCommand implements Callable<Integer> {
  /** What a shell takes as it is. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:=,@%+-]+");

  @Mixin private Output output;
  @Mixin private ConfigurationOption configuration;

  @Option(
      names = "--spark-home",
      paramLabel = "DIR",
      description =
          "Home of the Spark that the programs are of, the folder over its jars (default: Assay's"
              + " own).")
  private Path sparkHome;

  record Answer(String sparkHome, List<String> jars, SortedMap<String, String> conf) {}

  @Override
  public Integer call() {
    SessionArguments arguments =
        SessionArguments.of(
            SessionArguments.ownJars(),
            Optional.ofNullable(sparkHome),
            configuration.load().warehouse());
    output.print(
        new Answer(
            arguments.sparkHome().toString(),
            arguments.jars().stream().map(Path::toString).toList(),
            arguments.conf()),
        () ->
            List.of(
                arguments.words().stream()
                    .map(SparkConfCommand::quoted)
                    .collect(Collectors.joining(" "))));
    return ExitCode.DONE;
  }

  private static String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
