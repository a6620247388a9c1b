package dev.assay.interoperation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;

/**
 * The Rust program of {@code src/test/subxt}, with code that subxt generates from a chain's
 * metadata. What it depends on is compiled once, into {@code ~/.cache/assay/subxt} or where
 * ASSAY_INTEROP_CLIENTS says.
 */
final class SubxtProgram {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final List<String> FILES = List.of("Cargo.toml", "Cargo.lock", "src/main.rs");

  /** Two minutes on two quiet cores where nothing is there yet. */
  private static final int BUILD_SECONDS = 1800;

  private final Path binary;

  private SubxtProgram(Path binary) {
    this.binary = binary;
  }

  /** Builds it, and fails in plain words when cargo's registry is away. */
  static SubxtProgram built(byte[] metadata) throws IOException, InterruptedException {
    Path folder = Places.target().resolve("subxt");
    Files.createDirectories(folder.resolve("src"));
    for (String file : FILES) {
      Path from = Places.scripts().resolveSibling("subxt").resolve(file);
      Files.copy(from, folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }
    Files.write(folder.resolve("metadata.scale"), metadata);
    Path output = Files.createDirectories(Places.clients().resolve("subxt"));
    new Command(
            List.of("cargo", "build", "--locked", "--quiet"),
            folder,
            Map.of("CARGO_TARGET_DIR", output.toString()))
        .run("cargo must be there and reach its registry", "", BUILD_SECONDS);
    return new SubxtProgram(output.resolve("debug").resolve("subxt-validator"));
  }

  /** Runs it with a request on its standard input; its last line of output is the answer. */
  JsonNode run(Object request, int seconds) throws IOException, InterruptedException {
    String printed =
        new Command(List.of(binary.toString()), Places.target(), Map.of())
            .run("subxt", JSON.writeValueAsString(request), seconds);
    List<String> lines = printed.strip().lines().toList();
    return JSON.readTree(lines.get(lines.size() - 1));
  }
}
