package dev.assay.cli.scoring;

import dev.assay.score.rules.Policy;
import java.util.Iterator;
import picocli.CommandLine.Option;

/** The option that names a policy. */
final class PolicyOption {
  @Option(
      names = "--policy",
      required = true,
      paramLabel = "NAME",
      description = "How losses become weights: ${COMPLETION-CANDIDATES}.",
      completionCandidates = Names.class)
  private String name;

  /** The policies that help texts list. */
  static final class Names implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Policy.names().iterator();
    }
  }

  /**
   * The named policy.
   *
   * @throws IllegalArgumentException naming the policies that there are
   */
  Policy policy() {
    return Policy.named(name);
  }
}
