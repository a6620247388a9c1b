package dev.assay.jobs.fanout;

import dev.assay.jobs.placement.Holdings;
import dev.assay.jobs.placement.Load;
import dev.assay.jobs.placement.Placement;
import java.util.Arrays;

/** Units that wait for a node, each its own content. */
final class Waiting {
  private Waiting() {}

  static Placement<String> units(String... units) {
    return new Placement<>(
        Arrays.stream(units).map(unit -> new Load<>(unit, unit, 1)).toList(), Holdings.NONE);
  }
}
