package dev.assay.jobs.nodes;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * What a node says of itself. Java serialization carries it, hence empty texts instead of optional
 * ones.
 *
 * @param executor that has answered
 * @param machine as kernels' names end; empty if the engine does not start
 * @param problem why it can't be used; empty if it can
 * @param contents that its disk holds whole, by the names that units call theirs
 */
public record NodeReport(String executor, String machine, String problem, List<String> contents)
    implements Serializable {
  public NodeReport {
    // A list of the JDK that Java serialization carries between its versions.
    contents = new ArrayList<>(contents);
  }

  /** Whether it may be given units. */
  public boolean isFit() {
    return problem.isEmpty();
  }
}
