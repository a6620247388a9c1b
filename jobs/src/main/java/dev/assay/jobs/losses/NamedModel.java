package dev.assay.jobs.losses;

import dev.assay.jobs.judge.HubAccess;
import dev.assay.jobs.work.CheckpointListing;
import dev.assay.jobs.work.ModelRules;
import dev.assay.jobs.work.ModelUnit;
import dev.assay.model.checkpoint.CheckpointLimits;
import dev.assay.model.checkpoint.ComputationLimits;
import dev.assay.model.family.Family;
import dev.assay.model.hub.HubClient;
import dev.assay.model.hub.RepositoryId;
import dev.assay.model.hub.Revision;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A model as its user names it.
 *
 * @param text as it was given
 * @param folder where it lies, at the same path on every node
 * @param repository namespace/name on the hub, where it is no folder
 * @param revision full commit id on the hub; its newest where none is given
 */
record NamedModel(
    String text,
    Optional<Path> folder,
    Optional<RepositoryId> repository,
    Optional<Revision> revision) {
  /** Of no competition: everything that the gate can read is admitted. */
  private static final ModelRules RULES =
      new ModelRules(
          "any",
          new ArrayList<>(Arrays.stream(Family.values()).map(Family::modelType).toList()),
          0,
          CheckpointLimits.defaults().parameters(),
          CheckpointLimits.defaults().bytes(),
          Double.MAX_VALUE,
          1,
          Double.MAX_VALUE,
          ComputationLimits.defaults().flops(),
          ComputationLimits.defaults().bytes());

  /**
   * A folder, absolute or there; else {@code namespace/name} or {@code namespace/name@revision}.
   *
   * @throws IllegalArgumentException if it is neither
   */
  static NamedModel of(String text) {
    Path path = Path.of(text);
    if (path.isAbsolute() || text.startsWith(".") || Files.isDirectory(path)) {
      return new NamedModel(
          text, Optional.of(path.toAbsolutePath().normalize()), Optional.empty(), Optional.empty());
    }
    String[] parts = text.split("@", 2);
    String[] names = parts[0].split("/", 2);
    try {
      return new NamedModel(
          text,
          Optional.empty(),
          Optional.of(new RepositoryId(names[0], names.length == 2 ? names[1] : "")),
          parts.length == 2 ? Optional.of(new Revision(parts[1])) : Optional.empty());
    } catch (RuntimeException neither) {
      throw new IllegalArgumentException(
          "the model "
              + text
              + " is neither a folder nor namespace/name@revision of the hub: "
              + neither.getMessage(),
          neither);
    }
  }

  /** What a tokenizer source calls the model's own. */
  String tokenizer() {
    return folder.map(Path::toString).orElse(text);
  }

  /** The folder as executors are told; empty on the hub. */
  String path() {
    return folder.map(Path::toString).orElse("");
  }

  /**
   * The unit of work.
   *
   * @throws dev.assay.model.hub.http.HubException if the hub does not list it
   */
  ModelUnit unit(String run, int index, HubAccess hub) throws InterruptedException {
    if (folder.isPresent()) {
      return new ModelUnit(
          run,
          index,
          "folder",
          "m" + index,
          "0".repeat(40),
          "",
          new ArrayList<>(),
          RULES,
          0,
          false);
    }
    HubClient client = hub.ownClient();
    RepositoryId there = repository.orElseThrow();
    Revision commit = revision.isPresent() ? revision.get() : client.info(there).revision();
    CheckpointListing listing = new CheckpointListing(client.tree(there, commit));
    List<ModelUnit.Claim> none = new ArrayList<>();
    return new ModelUnit(
        run,
        index,
        there.namespace(),
        there.name(),
        commit.hex(),
        listing.digest(),
        none,
        RULES,
        listing.bytes(),
        false);
  }
}
