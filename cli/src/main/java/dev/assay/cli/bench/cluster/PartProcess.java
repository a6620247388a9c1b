package dev.assay.cli.bench.cluster;

import dev.assay.cli.process.Closing;
import dev.assay.cli.terminal.Console;
import dev.assay.cli.terminal.ExitCode;
import dev.assay.cli.terminal.UsageException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A JVM that measures one part, with the options that the launcher gives an evaluation's. */
final class PartProcess {
  private PartProcess() {}

  /**
   * Starts one and waits for it.
   *
   * @throws UsageException if it fails; it has said why
   */
  static List<Figure> figures(Part part, Setting setting) throws IOException, InterruptedException {
    Path told = setting.folder().resolve(part.title() + ".figures");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        // Of several processes none would have the whole list.
        .filter(option -> !option.contains("DumpLoadedClassList"))
        .filter(option -> !option.startsWith("-Dassay.classes.list="))
        .forEach(command::add);
    command.addAll(
        List.of(
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            PartProcess.class.getName(),
            part.title(),
            told.toString()));
    Stream.of(
            setting.seed(),
            setting.windows(),
            setting.fields(),
            setting.models(),
            setting.evaluations(),
            setting.folder())
        .map(Object::toString)
        .forEach(command::add);
    try (Closing closing = new Closing()) {
      Process process =
          new ProcessBuilder(command)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      closing.add(process::destroy);
      if (process.waitFor() != 0) {
        throw new UsageException(
            "the part %s ended with %d; see what it said above"
                .formatted(part.title(), process.exitValue()));
      }
    }
    return Files.readAllLines(told).stream().map(Figure::of).toList();
  }

  /**
   * Measures and writes the figures.
   *
   * @param arguments the part, a file for its figures, and what {@link Setting#here} takes
   */
  public static void main(String[] arguments) {
    try {
      Setting setting =
          Setting.here(
              Long.parseLong(arguments[2]),
              Integer.parseInt(arguments[3]),
              Integer.parseInt(arguments[4]),
              Integer.parseInt(arguments[5]),
              Integer.parseInt(arguments[6]),
              Path.of(arguments[7]),
              Console.standardError());
      Part part = Part.named(List.of(arguments[0])).get(0);
      Files.write(
          Path.of(arguments[1]),
          part.measurement().figures(setting).stream().map(Figure::line).toList());
      System.exit(ExitCode.DONE);
    } catch (IOException | InterruptedException | RuntimeException failed) {
      System.err.println(Console.failure(String.valueOf(failed.getMessage())));
      System.exit(ExitCode.FAILED);
    }
  }
}
