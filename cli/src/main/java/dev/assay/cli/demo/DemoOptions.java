package dev.assay.cli.demo;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What the user asked of a demo.
 *
 * @param seed everything that happens follows from it
 * @param fast less training and fewer samples
 * @param out the folder to keep; empty for a temporary one
 * @param chainPort 0 for a free one, as for the two others
 */
public record DemoOptions(
    long seed, boolean fast, Optional<Path> out, int chainPort, int hubPort, int feedPort) {

  DemoScale scale() {
    return fast ? DemoScale.FAST : DemoScale.FULL;
  }
}
