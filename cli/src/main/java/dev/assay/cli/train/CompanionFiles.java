package dev.assay.cli.train;

import dev.assay.model.checkpoint.CheckpointFiles;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What goes on from one checkpoint to the next beside weights: the tokenizer and its settings. */
final class CompanionFiles {
  /** Of the model that training began with, and not of what comes of it. */
  private static final Set<String> LEFT = Set.of("README.md", ".gitattributes");

  private CompanionFiles() {}

  /** By name: those of a checkpoint that passed the gate, then those of its tokenizer's folder. */
  static Map<String, byte[]> of(Path checkpoint, Path tokenizer) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    add(files, checkpoint);
    if (!tokenizer.equals(checkpoint)) {
      add(files, tokenizer);
    }
    return files;
  }

  private static void add(Map<String, byte[]> files, Path folder) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path file : entries) {
        String name = file.getFileName().toString();
        boolean ofTheModel =
            CheckpointFiles.isWeights(name)
                || name.equals(CheckpointFiles.CONFIG)
                || name.equals(CheckpointFiles.INDEX);
        if (CheckpointFiles.allowed(name) && !ofTheModel && !LEFT.contains(name)) {
          files.put(name, Files.readAllBytes(file));
        }
      }
    }
  }
}
