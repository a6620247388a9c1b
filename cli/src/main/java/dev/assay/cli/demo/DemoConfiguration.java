package dev.assay.cli.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.cli.localnet.LocalnetConfiguration;
import dev.assay.cli.participants.Participant;
import dev.assay.cli.participants.PromptSubnet;
import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.localnet.Localnet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The demo's configuration files, one for each validator, as an operator would write them. */
final class DemoConfiguration {
  /** Blocks of a window: two of them hold the commitments and the samples that follow. */
  static final int WINDOW = 40;

  private final Path folder;
  private final Localnet localnet;
  private final int netuid;
  private final DemoPolicy policy;

  DemoConfiguration(Path folder, Localnet localnet, int netuid, DemoPolicy policy) {
    this.folder = folder;
    this.localnet = localnet;
    this.netuid = netuid;
    this.policy = policy;
  }

  /** Writes the validator's file and reads it as any command does. */
  AssayConfiguration of(Participant validator) throws IOException {
    Path file = folder.resolve(validator.name() + ".yaml");
    Files.writeString(file, LocalnetConfiguration.yaml(tree(validator)));
    return AssayConfiguration.load(file, Map.of());
  }

  private ObjectNode tree(Participant validator) {
    ObjectNode tree = LocalnetConfiguration.tree(localnet, netuid, WINDOW, folder);
    tree.withObject("/chain").put("poll", "50ms");
    tree.withObject("/evaluation").put("competitions", policy.competitions());
    // Definitions may contain what a chat model should not say.
    tree.withObject("/feed")
        .put("netuid", PromptSubnet.NETUID)
        .withObject("/filters")
        .put("phrases", "none");
    tree.putObject("spark").put("executor_memory", "512MiB");
    tree.putObject("submit")
        .put("wallets", wallets().toString())
        .put("wallet", validator.name())
        .put("hotkey", "default");
    return tree;
  }

  Path wallets() {
    return folder.resolve("wallets");
  }
}
