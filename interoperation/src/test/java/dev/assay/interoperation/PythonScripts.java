package dev.assay.interoperation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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

  private final Path folder;
  private final Path installedInto;

  /**
   * An environment.
   *
   * @param installedInto what nobody may install into while a script runs: the environment that the
   *     packages come from
   */
  private PythonScripts(Path folder, Path installedInto) {
    this.folder = folder;
    this.installedInto = installedInto;
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
    install(requirementsFile, folder, List.of());
    return new PythonScripts(folder, folder);
  }

  /**
   * Transformers 4 in an environment of its own, beside the other; PyTorch it takes from there,
   * which must be installed already.
   */
  static PythonScripts transformers4() throws IOException, InterruptedException {
    Path other = installed("requirements-model.txt").folder;
    Path folder = other.resolveSibling("transformers4");
    install("transformers4.txt", folder, List.of("--no-deps"));
    Files.writeString(packages(folder).resolve("others.pth"), packages(other) + "\n");
    return new PythonScripts(folder, other);
  }

  private static void install(String requirementsFile, Path folder, List<String> options)
      throws IOException, InterruptedException {
    Path requirements = Places.scripts().resolve(requirementsFile);
    Path mark = folder.resolve("installed-" + requirements.getFileName());
    String wanted = Files.readString(requirements);
    if (!isInstalled(mark, wanted)) {
      FolderLock.changing(
          folder,
          () -> isInstalled(mark, wanted) ? mark : install(requirements, folder, options, mark));
    }
  }

  /** What a JVM was killed in the middle of has no mark, and is done again. */
  private static Path install(Path requirements, Path folder, List<String> options, Path mark)
      throws IOException, InterruptedException {
    new Command(List.of("python3", "-m", "venv", folder.toString()), folder.getParent(), Map.of())
        .run("Python 3 with its venv module is needed", "", 300);
    List<String> pip = new ArrayList<>(List.of(python(folder), "-m", "pip", "install"));
    pip.addAll(options);
    // Python compiles what it imports, which is a small part of what is installed.
    pip.addAll(List.of("--quiet", "--no-compile", "-r", requirements.toString()));
    new Command(pip, folder, Map.of())
        .run("PyPI must be reachable for the interoperation tests", "", INSTALL_SECONDS);
    return Files.copy(requirements, mark, StandardCopyOption.REPLACE_EXISTING);
  }

  private static boolean isInstalled(Path mark, String wanted) throws IOException {
    return Files.exists(mark) && Files.readString(mark).equals(wanted);
  }

  private static String python(Path folder) {
    return folder.resolve("bin").resolve("python").toString();
  }

  private static Path packages(Path environment) throws IOException {
    try (Stream<Path> versions = Files.list(environment.resolve("lib"))) {
      return versions.findFirst().orElseThrow().resolve("site-packages");
    }
  }

  /** Runs a script with a request on its standard input; its last line of output is the answer. */
  JsonNode run(String script, Object request, Map<String, String> environment, int seconds)
      throws IOException, InterruptedException {
    List<String> words = List.of(python(folder), Places.scripts().resolve(script).toString());
    String printed = run(words, environment, script, JSON.writeValueAsString(request), seconds);
    List<String> lines = printed.strip().lines().toList();
    return JSON.readTree(lines.get(lines.size() - 1));
  }

  /** Starts a script that goes on until its standard input ends. */
  Process start(String script) throws IOException {
    return new ProcessBuilder(python(folder), Places.scripts().resolve(script).toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** Runs a program that the packages brought, and hands back what it printed. */
  String program(String name, List<String> arguments, Map<String, String> environment, int seconds)
      throws IOException, InterruptedException {
    List<String> words = new ArrayList<>();
    words.add(folder.resolve("bin").resolve(name).toString());
    words.addAll(arguments);
    return run(words, environment, name, "", seconds);
  }

  /** Runs a script with arguments; what it prints is of interest only if it fails. */
  void run(String script, List<String> arguments, int seconds)
      throws IOException, InterruptedException {
    List<String> words = new ArrayList<>();
    words.add(python(folder));
    words.add(Places.scripts().resolve(script).toString());
    words.addAll(arguments);
    run(words, Map.of(), script, "", seconds);
  }

  private String run(
      List<String> words, Map<String, String> environment, String name, String input, int seconds)
      throws IOException, InterruptedException {
    return FolderLock.using(
        installedInto,
        () -> new Command(words, Places.target(), environment).run(name, input, seconds));
  }
}
