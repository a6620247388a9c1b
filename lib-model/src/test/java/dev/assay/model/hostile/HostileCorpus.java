package dev.assay.model.hostile;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Writes the whole corpus for those who try it from outside: a folder a checkpoint, and {@code
 * index.ndjson} with the name of each and the gate's verdict, which is empty where nothing is to be
 * refused. A folder {@code good} holds a checkpoint with nothing wrong. Its argument is a folder
 * that is not there yet.
 */
final class HostileCorpus {
  private HostileCorpus() {}

  public static void main(String[] arguments) throws Exception {
    Path root = Files.createDirectories(Path.of(arguments[0]));
    Tampering.llama(Files.createDirectory(root.resolve("good")));
    JsonMapper json = JsonMapper.builder().build();
    List<String> index = new ArrayList<>();
    for (HostileCheckpoint checkpoint : HostileCheckpoint.all().toList()) {
      String folder = "%03d".formatted(index.size());
      checkpoint.writer().write(Files.createDirectory(root.resolve(folder)));
      String verdict = checkpoint.verdict().map(Enum::name).orElse("");
      index.add(
          json.writeValueAsString(
              Map.of("folder", folder, "name", checkpoint.name(), "verdict", verdict)));
    }
    Files.write(root.resolve("index.ndjson"), index);
  }
}
