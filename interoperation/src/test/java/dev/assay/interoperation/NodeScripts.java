package dev.assay.interoperation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;

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
    String wanted = Files.readString(Places.scripts().resolve("package.json"));
    Path done = folder.resolve("installed.json");
    if (!Files.exists(done) || !Files.readString(done).equals(wanted)) {
      Files.writeString(folder.resolve("package.json"), wanted);
      new Command(
              List.of("npm", "install", "--no-audit", "--no-fund", "--ignore-scripts"),
              folder,
              Map.of())
          .run(
              "npm's registry must be reachable for the interoperation tests", "", INSTALL_SECONDS);
      Files.writeString(done, wanted);
    }
    // A module finds its packages from where it lies.
    try (DirectoryStream<Path> scripts = Files.newDirectoryStream(Places.scripts(), "*.mjs")) {
      for (Path script : scripts) {
        Files.copy(
            script, folder.resolve(script.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    return new NodeScripts(folder);
  }

  /** Unpacks one published package, without what it depends on; returns its folder. */
  static Path unpacked(String name, String version) throws IOException, InterruptedException {
    String plain = name.replaceAll("[^a-z0-9-]", "") + "-" + version;
    Path folder = Files.createDirectories(Places.target().resolve("npm-packages").resolve(plain));
    Path content = folder.resolve("package");
    if (!Files.exists(content.resolve("package.json"))) {
      String file =
          new Command(List.of("npm", "pack", "--silent", name + "@" + version), folder, Map.of())
              .run("npm's registry must be reachable and have " + name, "", INSTALL_SECONDS)
              .strip();
      new Command(List.of("tar", "-xzf", file), folder, Map.of()).run("unpacking " + file, "", 60);
    }
    return content;
  }

  /** Runs a script with a request on its standard input; its last line of output is the answer. */
  JsonNode run(String script, Object request, int seconds)
      throws IOException, InterruptedException {
    String printed =
        new Command(List.of("node", script), folder, Map.of())
            .run(script, JSON.writeValueAsString(request), seconds);
    List<String> lines = printed.strip().lines().toList();
    return JSON.readTree(lines.get(lines.size() - 1));
  }
}
