package dev.assay.cli.localnet;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.assay.localnet.Localnet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The configuration with which snapshot and evaluate run on a localnet. */
record LocalnetConfiguration(Localnet localnet, int netuid, int tempo, String feedSource) {
  private static final int LONGEST_WINDOW = 100;

  /**
   * Writes it, whole or not at all, as {@code assay.yaml} into the folder of the localnet's data.
   */
  Path write(Path folder) throws IOException {
    Path file = folder.toAbsolutePath().normalize().resolve("assay.yaml");
    Path partial = Files.createTempFile(file.getParent(), "assay", ".partial");
    Files.writeString(partial, text(file.getParent()));
    return Files.move(
        partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private String text(Path folder) {
    return """
    # Made by assay localnet up for this run; its ports are other ones at the next start.
    chain:
      endpoints: [%s]
      netuid: %d
    hub:
      endpoint: %s
    feed:
      endpoint: %s
      sources: [%s]
    window:
      blocks: %d
    evaluation:
      competitions: competitions-demo.yaml
      cache: %s
    paths:
      warehouse: %s
      bundles: %s
    """
        .formatted(
            quoted(localnet.chain()),
            netuid,
            quoted(localnet.hub()),
            quoted(localnet.feed()),
            quoted(feedSource),
            Math.min(LONGEST_WINDOW, tempo),
            quoted(folder.resolve("cache")),
            quoted(folder.resolve("tables")),
            quoted(folder.resolve("bundles")));
  }

  /** As JSON quotes, which YAML reads. */
  private static String quoted(Object text) {
    return TextNode.valueOf(text.toString()).toString();
  }
}
