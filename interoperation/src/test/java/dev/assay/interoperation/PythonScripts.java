package dev.assay.interoperation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The packages of a requirements file, installed once into a virtual environment, and scripts run
 * in it. The environment lies in {@code target/venv}, or where ASSAY_INTEROP_VENV says.
 */
final class PythonScripts {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int INSTALL_SECONDS = 540;

  private final Path python;

  private PythonScripts(Path python) {
    this.python = python;
  }

  /** Installs what is not installed yet and fails in plain words when PyPI is away. */
  static PythonScripts installed() throws IOException, InterruptedException {
    return installed("requirements.txt");
  }

  /** The same for another file of requirements, in the same environment. */
  static PythonScripts installed(String requirementsFile) throws IOException, InterruptedException {
    String elsewhere = System.getenv("ASSAY_INTEROP_VENV");
    Path folder =
        elsewhere == null || elsewhere.isBlank()
            ? Places.target().resolve("venv")
            : Path.of(elsewhere).toAbsolutePath();
    return installed(requirementsFile, folder);
  }

  /**
   * Packages that can't live beside others, in an environment of their own that is kept between
   * runs: under {@code ~/.cache/assay}, or where ASSAY_INTEROP_CLIENTS says.
   */
  static PythonScripts alone(String client) throws IOException, InterruptedException {
    return installed("clients/" + client + ".txt", Places.clients().resolve(client));
  }

  private static PythonScripts installed(String requirementsFile, Path folder)
      throws IOException, InterruptedException {
    Path requirements = Places.scripts().resolve(requirementsFile);
    Path python = folder.resolve("bin").resolve("python");
    Path done = folder.resolve("installed-" + requirements.getFileName());
    String wanted = Files.readString(requirements);
    if (!Files.exists(done) || !Files.readString(done).equals(wanted)) {
      Path parent = Files.createDirectories(folder).getParent();
      new Command(List.of("python3", "-m", "venv", folder.toString()), parent, Map.of())
          .run("Python 3 with its venv module is needed", "", 120);
      new Command(
              List.of(
                  python.toString(),
                  "-m",
                  "pip",
                  "install",
                  "--quiet",
                  "-r",
                  requirements.toString()),
              folder,
              Map.of())
          .run("PyPI must be reachable for the interoperation tests", "", INSTALL_SECONDS);
      Files.writeString(done, wanted);
    }
    return new PythonScripts(python);
  }

  /**
   * Transformers 4 in an environment of its own, beside the other; PyTorch it takes from there,
   * which must be installed already.
   */
  static PythonScripts transformers4() throws IOException, InterruptedException {
    Path other = installed("requirements-model.txt").python.getParent().getParent();
    Path folder = other.resolveSibling("transformers4");
    Path requirements = Places.scripts().resolve("transformers4.txt");
    Path python = folder.resolve("bin").resolve("python");
    Path done = folder.resolve("installed-transformers4.txt");
    String wanted = Files.readString(requirements);
    if (!Files.exists(done) || !Files.readString(done).equals(wanted)) {
      new Command(List.of("python3", "-m", "venv", folder.toString()), other, Map.of())
          .run("Python 3 with its venv module is needed", "", 120);
      new Command(
              List.of(
                  python.toString(),
                  "-m",
                  "pip",
                  "install",
                  "--quiet",
                  "--no-deps",
                  "-r",
                  requirements.toString()),
              folder,
              Map.of())
          .run("PyPI must be reachable for the interoperation tests", "", INSTALL_SECONDS);
      Files.writeString(packages(folder).resolve("others.pth"), packages(other) + "\n");
      Files.writeString(done, wanted);
    }
    return new PythonScripts(python);
  }

  private static Path packages(Path environment) throws IOException {
    try (Stream<Path> versions = Files.list(environment.resolve("lib"))) {
      return versions.findFirst().orElseThrow().resolve("site-packages");
    }
  }

  /** Runs a script with a request on its standard input; its last line of output is the answer. */
  JsonNode run(String script, Object request, Map<String, String> environment, int seconds)
      throws IOException, InterruptedException {
    Path path = Places.scripts().resolve(script);
    String printed =
        new Command(List.of(python.toString(), path.toString()), Places.target(), environment)
            .run(script, JSON.writeValueAsString(request), seconds);
    List<String> lines = printed.strip().lines().toList();
    return JSON.readTree(lines.get(lines.size() - 1));
  }

  /** Runs a program that the packages brought, and hands back what it printed. */
  String program(String name, List<String> arguments, Map<String, String> environment, int seconds)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(python.resolveSibling(name).toString());
    command.addAll(arguments);
    return new Command(command, Places.target(), environment).run(name, "", seconds);
  }

  /** Runs a script with arguments; what it prints is of interest only if it fails. */
  void run(String script, List<String> arguments, int seconds)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(python.toString());
    command.add(Places.scripts().resolve(script).toString());
    command.addAll(arguments);
    new Command(command, Places.target(), Map.of()).run(script, "", seconds);
  }
}
