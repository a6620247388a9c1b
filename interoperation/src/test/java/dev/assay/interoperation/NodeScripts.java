package dev.assay.interoperation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The packages of package.json, installed once into {@code target/node}, and scripts run there. */
final class NodeScripts {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int INSTALL_SECONDS = 540;

  private final Path folder;

  private NodeScripts(Path folder) {
    this.folder = folder;
  }

  /** Installs what is not installed yet and fails in plain words when npm's registry is away. */
  static NodeScripts installed() throws IOException, InterruptedException {
    Path folder = Files.createDirectories(Places.target().resolve("node"));
    if (!isComplete(folder)) {
      FolderLock.changing(folder, () -> isComplete(folder) || install(folder));
    }
    return new NodeScripts(folder);
  }

  /** What a JVM was killed in the middle of has no mark, and is done again. */
  private static boolean install(Path folder) throws IOException, InterruptedException {
    String wanted = Files.readString(Places.scripts().resolve("package.json"));
    if (!isMarked(folder)) {
      Files.writeString(folder.resolve("package.json"), wanted);
      new Command(
              List.of("npm", "install", "--no-audit", "--no-fund", "--ignore-scripts"),
              folder,
              Map.of())
          .run(
              "npm's registry must be reachable for the interoperation tests", "", INSTALL_SECONDS);
      Files.writeString(mark(folder), wanted);
    }
    // A module finds its packages from where it lies.
    for (Path script : scripts()) {
      Files.copy(script, folder.resolve(script.getFileName()), StandardCopyOption.REPLACE_EXISTING);
    }
    return true;
  }

  private static boolean isComplete(Path folder) throws IOException {
    if (!isMarked(folder)) {
      return false;
    }
    for (Path script : scripts()) {
      Path copy = folder.resolve(script.getFileName());
      if (!Files.exists(copy) || Files.mismatch(script, copy) >= 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean isMarked(Path folder) throws IOException {
    return Files.exists(mark(folder))
        && Files.mismatch(Places.scripts().resolve("package.json"), mark(folder)) < 0;
  }

  private static Path mark(Path folder) {
    return folder.resolve("installed.json");
  }

  private static List<Path> scripts() throws IOException {
    try (Stream<Path> files = Files.list(Places.scripts())) {
      return files.filter(file -> file.toString().endsWith(".mjs")).toList();
    }
  }

  /** Unpacks one published package, without what it depends on; returns its folder. */
  static Path unpacked(String name, String version) throws IOException, InterruptedException {
    String plain = name.replaceAll("[^a-z0-9-]", "") + "-" + version;
    Path folder = Files.createDirectories(Places.target().resolve("npm-packages").resolve(plain));
    Path done = folder.resolve("unpacked");
    if (!Files.exists(done)) {
      FolderLock.changing(
          folder, () -> Files.exists(done) ? done : unpack(name + "@" + version, folder, done));
    }
    return folder.resolve("package");
  }

  private static Path unpack(String published, Path folder, Path done)
      throws IOException, InterruptedException {
    String file =
        new Command(List.of("npm", "pack", "--silent", published), folder, Map.of())
            .run("npm's registry must be reachable and have " + published, "", INSTALL_SECONDS)
            .strip();
    new Command(List.of("tar", "-xzf", file), folder, Map.of()).run("unpacking " + file, "", 60);
    return Files.createFile(done);
  }

  /** Runs a script with a request on its standard input; its last line of output is the answer. */
  JsonNode run(String script, Object request, int seconds)
      throws IOException, InterruptedException {
    String input = JSON.writeValueAsString(request);
    String printed =
        FolderLock.using(
            folder,
            () ->
                new Command(List.of("node", script), folder, Map.of()).run(script, input, seconds));
    List<String> lines = printed.strip().lines().toList();
    return JSON.readTree(lines.get(lines.size() - 1));
  }
}
