package dev.assay.jobs.work;

import dev.assay.jobs.placement.Load;
import dev.assay.model.checkpoint.DirectoryHash;
import dev.assay.model.hub.RepositoryId;
import dev.assay.model.hub.Revision;
import dev.assay.score.entry.Verdict;
import java.io.Serializable;
import java.util.List;

/**
 * What an executor judges: one content on the hub, and every miner that committed to it. Exact
 * copies, as far as the hub's listing shows them, are one unit.
 *
 * @param run the evaluation
 * @param index of the unit in it
 * @param namespace of the repository
 * @param name of the repository
 * @param revision full commit id
 * @param listing digest of what the driver saw listed; empty for a folder
 * @param claims the miners that committed to it, with their hashes; none for a competition's base
 *     model
 * @param rules of its competition
 * @param bytes of its files by the listing
 * @param isInspected whether its weights have passed their inspection before
 */
public record ModelUnit(
    String run,
    int index,
    String namespace,
    String name,
    String revision,
    String listing,
    List<Claim> claims,
    ModelRules rules,
    long bytes,
    boolean isInspected)
    implements Serializable {

  /** One hotkey's commitment to the content. */
  public record Claim(String hotkey, String committedHash) implements Serializable {
    /** Whether it is the content's hash, with or without the hotkey. */
    public boolean matches(String directoryHash) {
      return DirectoryHash.matches(committedHash, directoryHash, hotkey);
    }

    /** What a claim is told whose hash isn't the content's. */
    public Fault mismatch(String directoryHash) {
      return Fault.of(
          Verdict.HASH_MISMATCH,
          "the committed hash is %s; the published files have %s"
              .formatted(committedHash, directoryHash));
    }
  }

  /** The same unit with weights that have passed their inspection before. */
  public ModelUnit inspected() {
    return new ModelUnit(
        run, index, namespace, name, revision, listing, claims, rules, bytes, true);
  }

  /** Where it is published. */
  public RepositoryId repository() {
    return new RepositoryId(namespace, name);
  }

  /** Which content of the repository it is. */
  public Revision commit() {
    return new Revision(revision);
  }

  /** As its node is chosen: by its content, or by its name where nobody has listed it. */
  public Load<ModelUnit> load() {
    return new Load<>(this, listing.isEmpty() ? label() : listing, bytes);
  }

  /** How Spark's own pages call it. */
  public String label() {
    return namespace + "/" + name + "@" + revision;
  }
}
