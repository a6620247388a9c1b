package dev.assay.cli.spark;

import dev.assay.cli.process.Closing;
import dev.assay.cli.terminal.Console;
import dev.assay.cli.terminal.UsageException;
import dev.assay.jobs.spark.SessionArguments;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "notebook",
    description = {
      "Starts Jupyter on the notebooks, which open a validator's tables, Spark and Assay by"
          + " themselves. Ctrl-C ends it.",
      "It needs Python with what notebooks/requirements.txt names; a virtual environment in"
          + " notebooks/venv is found. A notebook in Java also needs the JDK, not its runtime"
          + " alone."
    },
    footer = {
      "",
      "  assay notebook --config loop/validator-1.yaml",
      "",
      "Words behind -- are for Jupyter, for example: -- --no-browser --port 8899"
    })
public final class NotebookCommand implements Callable<Integer> {
  /** Prints those of its arguments that cannot be imported; it imports none of them. */
  private static final String MISSING =
      "import importlib.util, sys;"
          + "print(' '.join(n for n in sys.argv[1:] if importlib.util.find_spec(n) is None))";

  private static final List<String> MODULES =
      List.of("jupyterlab", "pyspark", "pandas", "matplotlib", "jinja2", "jjava");
  private static final int PATIENCE_SECONDS = 60;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "Settings of the validator whose tables are shown (default: ASSAY_CONFIG, else"
              + " loop/validator-1.yaml, which assay demo --out loop leaves).")
  private Path configuration;

  @Option(
      names = "--hotkey",
      paramLabel = "SS58",
      description =
          "The miner that why_did_i_lose is about (default: the last one that was judged).")
  private String hotkey;

  @Option(
      names = "--folder",
      paramLabel = "DIR",
      description = "Where the notebooks are (default: notebooks, else those of this release).")
  private Path folder;

  @Option(
      names = "--python",
      paramLabel = "FILE",
      description =
          "The Python that Jupyter is installed for (default: venv/bin/python there, else"
              + " python3).")
  private String python;

  @Parameters(paramLabel = "WORD", arity = "0..*", description = "Arguments of jupyter lab.")
  private List<String> words = List.of();

  @Override
  public Integer call() throws IOException, InterruptedException {
    folder = folder == null ? placeOfNotebooks() : requireNotebooks(folder);
    if (configuration != null && !Files.isRegularFile(configuration)) {
      throw new UsageException(
          "--config is " + configuration + ", which is no file; assay demo --out loop makes one");
    }
    String interpreter = interpreter();
    requireModules(interpreter);
    try (Closing closing = new Closing()) {
      Console.standardError().stage("Jupyter starts on " + folder + "; Ctrl-C ends it");
      Process jupyter = jupyter(interpreter).start();
      closing.add(() -> end(jupyter));
      return jupyter.waitFor();
    }
  }

  private static Path requireNotebooks(Path named) {
    if (!holdsNotebooks(named)) {
      throw new UsageException(
          "--folder is "
              + named
              + ", which holds no notebooks; name the folder notebooks of Assay");
    }
    return named;
  }

  private static Path placeOfNotebooks() {
    Path here = Path.of("notebooks");
    Path ofRelease = SessionArguments.ownJars().resolveSibling("notebooks");
    return Stream.of(here, ofRelease)
        .filter(NotebookCommand::holdsNotebooks)
        .findFirst()
        .orElseThrow(
            () ->
                new UsageException(
                    here.toAbsolutePath()
                        + " holds no notebooks; run this where Assay is, or name its folder"
                        + " notebooks with --folder"));
  }

  private static boolean holdsNotebooks(Path folder) {
    return Files.isRegularFile(folder.resolve("session.py"));
  }

  private String interpreter() {
    Path own = folder.resolve("venv").resolve("bin").resolve("python");
    return Optional.ofNullable(python)
        .orElseGet(() -> Files.isExecutable(own) ? own.toAbsolutePath().toString() : "python3");
  }

  private void requireModules(String interpreter) throws InterruptedException {
    List<String> command = new ArrayList<>(List.of(interpreter, "-c", MISSING));
    command.addAll(MODULES);
    try {
      Process look =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      String missing =
          new String(look.getInputStream().readNBytes(1 << 10), StandardCharsets.UTF_8).strip();
      if (!look.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || look.exitValue() != 0) {
        look.destroyForcibly();
        throw new UsageException(interpreter + " is no Python 3; name one by --python");
      }
      if (!missing.isEmpty()) {
        throw new UsageException(
            "%s lacks %s; run: python3 -m venv %s/venv && %s/venv/bin/pip install -r %s/requirements.txt"
                .formatted(interpreter, missing.replace(" ", ", "), folder, folder, folder));
      }
    } catch (IOException unusable) {
      throw new UsageException(
          interpreter + " can't be started; install Python 3, or name one by --python", unusable);
    }
  }

  private ProcessBuilder jupyter(String interpreter) throws IOException {
    List<String> command = new ArrayList<>(List.of(interpreter, "-m", "jupyterlab"));
    command.addAll(words);
    command.add(folder.toAbsolutePath().toString());
    ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
    Map<String, String> environment = builder.environment();
    // The notebooks start Assay's commands themselves, which bring their own.
    environment.remove("SPARK_HOME");
    addJava(environment);
    if (configuration != null) {
      environment.put("ASSAY_CONFIG", configuration.toAbsolutePath().toString());
    }
    if (hotkey != null) {
      environment.put("ASSAY_HOTKEY", hotkey);
    }
    return builder;
  }

  /** What JJava, the kernel of notebooks in Java, is started with: Assay's classes and Spark's. */
  private static void addJava(Map<String, String> environment) throws IOException {
    Path jars = SessionArguments.ownJars();
    Path settings = jars.resolveSibling("conf");
    environment.put("JJAVA_CLASSPATH", settings + File.pathSeparator + jars.resolve("*.jar"));
    environment.put("JJAVA_JVM_OPTS", Files.readString(settings.resolve("jvm.options")).strip());
    // Its kernel starts the first java that it finds.
    environment.merge(
        "PATH",
        Path.of(System.getProperty("java.home"), "bin").toString(),
        (others, own) -> own + File.pathSeparator + others);
  }

  /** Jupyter ends its kernels, and they their Sparks, if it is given the time. */
  private static void end(Process jupyter) throws InterruptedException {
    jupyter.destroy();
    if (!jupyter.waitFor(20, TimeUnit.SECONDS)) {
      jupyter.destroyForcibly().waitFor();
    }
  }
}
