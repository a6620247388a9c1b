package dev.assay.jobs.nodes;

import dev.assay.jobs.TextDigest;
import dev.assay.jobs.config.EvaluationSettings;
import dev.assay.jobs.work.ModelUnit;
import dev.assay.model.store.CheckpointStore;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.Set;

/**
 * Where a node keeps checkpoints.
 *
 * @param folder on a disk of the node, absolute
 * @param bytes that they may take; 0 for all that the disk has but a twentieth
 */
public record NodeStore(String folder, long bytes) implements Serializable {

  /** As the settings say; the driver's working folder makes a relative path absolute. */
  public static NodeStore of(EvaluationSettings settings) {
    return new NodeStore(
        Path.of(settings.cache()).toAbsolutePath().toString(), settings.cacheSize().bytes());
  }

  /** The folder. */
  public Path path() {
    return Path.of(folder);
  }

  /** What has arrived whole on the node that asks, by the names that units call their contents. */
  public Set<String> contents() throws IOException {
    return new CheckpointStore(path(), bytes).contents();
  }

  /** Whether a unit's content has arrived whole on the node that asks. */
  public boolean holds(ModelUnit unit) throws IOException {
    return contents().contains(content(unit));
  }

  /** Pins a unit's content while it is at work on this node. */
  public CheckpointStore.Pin pin(ModelUnit unit) throws IOException {
    return new CheckpointStore(path(), bytes)
        .pin(content(unit), unit.repository(), unit.commit(), unit.bytes());
  }

  /** The unit's content as files can be named; what nobody has listed is known by its name. */
  private static String content(ModelUnit unit) {
    return unit.listing().isEmpty() ? TextDigest.of(unit.label()) : unit.listing();
  }
}
