package dev.assay.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.chain.keys.Keypair;
import dev.assay.chain.keys.Wallet;
import dev.assay.cli.localnet.LocalnetConfiguration;
import dev.assay.localnet.Localnet;
import dev.assay.localnet.LocalnetOptions;
import dev.assay.localnet.LocalnetPorts;
import dev.assay.localnet.feed.SampleSubnet;
import dev.assay.localnet.node.Sealing;
import dev.assay.model.text.ByteTokenizer;
import dev.assay.model.train.Initialisation;
import dev.assay.model.train.LlamaShape;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** A localnet on which miners mine, and a folder with what they need. */
record MiningPlace(Path folder, Localnet localnet) implements AutoCloseable {
  static final int NETUID = 6;

  /** What the hub takes from a miner. */
  static final Map<String, String> ENVIRONMENT = Map.of("ASSAY_HUB_TOKEN", "localnet");

  static MiningPlace start(Path folder) throws Exception {
    return new MiningPlace(
        folder,
        Localnet.start(
            new LocalnetOptions(
                folder.resolve("localnet"),
                1,
                Instant.parse("2026-01-01T00:00:00Z"),
                NETUID,
                360,
                Sealing.INSTANT,
                64,
                SampleSubnet.withoutMiners(NETUID, List.of(Keypair.fromUri("//Alice"))),
                Map.of("localnet", "localnet"),
                LocalnetPorts.ANY,
                false,
                OptionalLong.empty(),
                false)));
  }

  Wallet wallet(String name) {
    return new Wallet(folder.resolve("wallets"), name, "default");
  }

  Path configuration() throws Exception {
    return configuration("assay.yaml", tree -> {});
  }

  /** One under a name, with changes. */
  Path configuration(String name, Consumer<ObjectNode> changes) throws Exception {
    ObjectNode tree = LocalnetConfiguration.tree(localnet, NETUID, 100, folder);
    tree.withObject("/chain").put("poll", "20ms");
    tree.withObject("/feed").putArray("sources").add(Keypair.fromUri("//Alice").account().ss58());
    tree.putObject("submit").put("wallets", folder.resolve("wallets").toString());
    changes.accept(tree);
    return Files.writeString(folder.resolve(name), LocalnetConfiguration.yaml(tree));
  }

  /** A small model that has learnt nothing, another one for each seed. */
  Path model(int seed) throws Exception {
    Path tokenizer = folder.resolve("tokenizer.json");
    ByteTokenizer.write(tokenizer);
    Path model = folder.resolve("untrained-" + seed);
    Initialisation.write(
        model,
        new LlamaShape(ByteTokenizer.VOCABULARY, 16, 24, 1, 2, 2, 512),
        seed,
        Map.of("tokenizer.json", Files.readAllBytes(tokenizer)));
    return model;
  }

  @Override
  public void close() {
    localnet.close();
  }
}
