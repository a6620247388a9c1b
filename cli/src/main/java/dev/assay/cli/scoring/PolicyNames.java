package dev.assay.cli.scoring;

import dev.assay.score.rules.Policy;
import java.util.Iterator;

/** The policies that help texts list. */
final class PolicyNames implements Iterable<String> {
  @Override
  public Iterator<String> iterator() {
    return Policy.names().iterator();
  }
}
