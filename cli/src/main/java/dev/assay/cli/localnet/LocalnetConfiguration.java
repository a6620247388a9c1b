package dev.assay.cli.localnet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.assay.localnet.Localnet;
import dev.assay.localnet.feed.SampleSubnet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The configuration with which snapshot and evaluate run on a localnet. */
public record LocalnetConfiguration(
    Localnet localnet, int netuid, int tempo, SampleSubnet samplers) {
  private static final int LONGEST_WINDOW = 100;
  private static final String NOTE =
      "# Made by assay localnet up for this run; its ports are other ones at the next start.\n";
  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER, YAMLGenerator.Feature.SPLIT_LINES)
          .build();

  /**
   * Writes it, whole or not at all, as {@code assay.yaml} into the folder of the localnet's data.
   */
  Path write(Path folder) throws IOException {
    Path file = folder.toAbsolutePath().normalize().resolve("assay.yaml");
    ObjectNode tree = tree(localnet, netuid, Math.min(LONGEST_WINDOW, tempo), file.getParent());
    ObjectNode feed = tree.withObject("/feed");
    ArrayNode sources = feed.putArray("sources");
    samplers.askers().forEach(asker -> sources.add(asker.ss58()));
    if (samplers.netuid() != netuid) {
      feed.put("netuid", samplers.netuid());
    }
    Path partial = Files.createTempFile(file.getParent(), "assay", ".partial");
    Files.writeString(partial, NOTE + yaml(tree));
    return Files.move(
        partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /**
   * What any validator of a localnet's subnet has to be told.
   *
   * @param window blocks of a window
   * @param folder where it keeps its cache, tables and bundles
   */
  public static ObjectNode tree(Localnet localnet, int netuid, int window, Path folder) {
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    tree.putObject("chain")
        .put("netuid", netuid)
        .putArray("endpoints")
        .add(localnet.chain().toString());
    tree.putObject("hub").put("endpoint", localnet.hub().toString());
    // Of 2,624 entries of the dictionary ten come twice and one resembles another; none is a copy.
    tree.putObject("feed")
        .put("endpoint", localnet.feed().toString())
        .putObject("filters")
        .putObject("near_duplicates")
        .put("resemblance", 0);
    tree.putObject("window").put("blocks", window);
    tree.putObject("evaluation")
        .put("competitions", "competitions-demo.yaml")
        .put("cache", folder.resolve("cache").toString());
    tree.putObject("paths")
        .put("warehouse", folder.resolve("tables").toString())
        .put("bundles", folder.resolve("bundles").toString())
        .put("events", folder.resolve("events").toString());
    return tree;
  }

  /** The settings as an operator would write them. */
  public static String yaml(ObjectNode tree) {
    try {
      return YAML.writeValueAsString(tree);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a tree has a form in YAML", impossible);
    }
  }
}
