package dev.assay.jobs.evaluate;

import java.io.Serializable;
import java.util.List;

/**
 * What an executor evaluates: one content on the hub, and everybody who committed to it. Exact
 * copies, as far as the hub's listing shows them, are one unit.
 *
 * @param run the evaluation
 * @param index of the unit in it
 * @param repository {@code namespace/name}
 * @param revision full commit id
 * @param files names of the files that make up the checkpoint
 * @param listing digest of what the driver saw listed
 * @param claims who committed to it, with which hash; nobody did to a competition's base model
 * @param rules of its competition
 * @param bytes of its files by the listing
 */
record ModelUnit(
    String run,
    int index,
    String repository,
    String revision,
    List<String> files,
    String listing,
    List<Claim> claims,
    UnitRules rules,
    long bytes)
    implements Serializable {

  /** One hotkey's commitment to the content. */
  record Claim(String hotkey, String committedHash) implements Serializable {}

  /**
   * A competition's rules, as executors need them.
   *
   * @param dtype f32 or bf16
   * @param softNorm and the two after it: the limits on norms, infinite where there are none
   * @param flopsPerToken and the one after it: the limits on computation
   */
  record UnitRules(
      String competition,
      List<String> families,
      long minParameters,
      long maxParameters,
      long maxBytes,
      String dtype,
      double softNorm,
      double softShare,
      double hardNorm,
      long flopsPerToken,
      long bytesPerToken)
      implements Serializable {}
}
