package dev.assay.model.hostile;

import dev.assay.model.checkpoint.Checkpoint;
import dev.assay.model.checkpoint.CheckpointLimits;
import dev.assay.model.checkpoint.NormLimits;
import dev.assay.model.rejection.RejectedCheckpointException;
import dev.assay.model.rejection.Rejection;
import dev.assay.model.text.TokenizerGate;
import dev.assay.model.text.TokenizerLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One broken or malicious checkpoint.
 *
 * @param verdict why the gate refuses it; empty where it is harmless because nobody interprets it
 */
record HostileCheckpoint(String name, Optional<Rejection> verdict, Writer writer) {

  /** Writes the checkpoint into an empty directory. */
  @FunctionalInterface
  interface Writer {
    void write(Path directory) throws Exception;
  }

  static HostileCheckpoint refused(String name, Rejection rejection, Writer writer) {
    return new HostileCheckpoint(name, Optional.of(rejection), writer);
  }

  static HostileCheckpoint harmless(String name, Writer writer) {
    return new HostileCheckpoint(name, Optional.empty(), writer);
  }

  static Stream<HostileCheckpoint> all() {
    return Stream.of(
            HostileFiles.all(),
            HostileHeaders.all(),
            HostileConfigurations.all(),
            HostileWeights.all(),
            HostileTokenizers.all())
        .flatMap(cases -> cases);
  }

  /** The whole gate: names, configuration, headers, weights, tokenizer. */
  static void pass(Path directory) throws RejectedCheckpointException, IOException {
    Checkpoint checkpoint = Checkpoint.open(directory, CheckpointLimits.defaults());
    checkpoint.inspect(NormLimits.original());
    Path tokenizer = directory.resolve("tokenizer.json");
    if (Files.exists(tokenizer, LinkOption.NOFOLLOW_LINKS)) {
      TokenizerGate.require(tokenizer, Set.of(), TokenizerLimits.defaults());
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
