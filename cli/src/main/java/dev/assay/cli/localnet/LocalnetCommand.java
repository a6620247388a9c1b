package dev.assay.cli.localnet;

import dev.assay.chain.keys.AccountId;
import dev.assay.chain.keys.Keypair;
import dev.assay.chain.rpc.Reason;
import dev.assay.cli.participants.PromptSubnet;
import dev.assay.cli.process.Closing;
import dev.assay.cli.process.OutputFolder;
import dev.assay.cli.terminal.Console;
import dev.assay.cli.terminal.ExitCode;
import dev.assay.cli.terminal.Output;
import dev.assay.cli.terminal.Ranges;
import dev.assay.cli.terminal.UsageException;
import dev.assay.localnet.Localnet;
import dev.assay.localnet.LocalnetOptions;
import dev.assay.localnet.LocalnetPorts;
import dev.assay.localnet.feed.SampleSubnet;
import dev.assay.localnet.node.Sealing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "localnet",
    description = "A local chain, hub, sample feed and beacon.",
    subcommands = {
      LocalnetCommand.Up.class,
      FundCommand.class,
      RegisterCommand.class,
      StakeCommand.class,
      MinersCommand.class
    })
public final class LocalnetCommand implements Runnable {
  /** The hub's namespace that anybody on this machine may write to, and its token. */
  static final String OPEN = "localnet";

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "a command is missing: up, fund, register, stake or miners");
  }

  @Command(
      name = "up",
      description =
          "Starts them and runs until stopped; prints their addresses and a configuration for"
              + " snapshot and evaluate once all answer.",
      footer = {
        "",
        "//Alice, //Bob, //Charlie and so on hold funds; //Alice owns the subnet.",
        "The chain serves HTTP and WebSocket on one port.",
        "The hub's namespace localnet may be written to with the token localnet.",
        "",
        "  assay localnet up --block-time 2000 --chain-port 9944 --hub-token alice=secret"
      })
  static final class Up implements Callable<Integer> {
    /** Validators of the second subnet, as in the demo. */
    private static final int ASKERS = 2;

    @Mixin private Output output;

    @Option(
        names = "--data",
        paramLabel = "DIR",
        description = "Where the hub keeps its files (default: a temporary folder).")
    private Path data;

    @Option(
        names = "--seed",
        paramLabel = "N",
        defaultValue = "1",
        description = "Seed of the samples.")
    private long seed;

    @Option(names = "--netuid", paramLabel = "N", defaultValue = "6", description = "The subnet.")
    private int netuid;

    @Option(
        names = "--tempo",
        paramLabel = "BLOCKS",
        defaultValue = "360",
        description = "Blocks between two epochs (default: ${DEFAULT-VALUE}).")
    private int tempo;

    @Option(
        names = "--block-time",
        paramLabel = "MS",
        defaultValue = "12000",
        description =
            "50 to 12000; 0 seals a block for each extrinsic (default: ${DEFAULT-VALUE}).")
    private long blockTime;

    @Option(
        names = "--samples-per-block",
        paramLabel = "N",
        defaultValue = "16",
        description = "1 to 256 (default: ${DEFAULT-VALUE}).")
    private int samplesPerBlock;

    @Option(
        names = "--feed-netuid",
        paramLabel = "N",
        description =
            "Take the feed's samples from a second subnet, such as 18, whose two validators ask and"
                + " whose three miners answer (default: from --netuid, where nobody is named).")
    private Integer feedNetuid;

    @Option(
        names = "--hub-token",
        paramLabel = "NAMESPACE=TOKEN",
        description = "Token that may write to a namespace of the hub; may be repeated.")
    private Map<String, String> hubTokens = Map.of();

    @Mixin private ServicePorts ports;

    @Option(
        names = "--beacon-port",
        paramLabel = "PORT",
        defaultValue = "0",
        description = "Port of the beacon (default: a free one).")
    private int beaconPort;

    @Option(
        names = "--keep",
        description = "Continue the chain kept in --data, or start one there.")
    private boolean keep;

    @Option(
        names = "--upgrade-at",
        paramLabel = "BLOCK",
        description =
            "Upgrade the chain's runtime in this block, as on the real chain; with --keep, repeat"
                + " it at each start.")
    private Long upgradeBlock;

    record Addresses(
        String chain,
        String hub,
        String feed,
        String beacon,
        int netuid,
        List<String> feedSources,
        String configuration) {}

    @Override
    public Integer call() throws IOException, InterruptedException {
      requireBounds();
      try (Closing closing = new Closing()) {
        requireFolder();
        Path folder = data == null ? closing.add(OutputFolder.temporary()).path() : data;
        Optional<PromptSubnet> prompts =
            Optional.ofNullable(feedNetuid).map(other -> PromptSubnet.of(other, seed, ASKERS));
        SampleSubnet samplers = prompts.map(PromptSubnet::samplers).orElseGet(this::aliceAlone);
        Localnet localnet = closing.add(Localnet.start(options(folder, samplers)));
        if (prompts.isPresent()) {
          closing.add(
              PlayedSubnet.start(
                  prompts.get(),
                  localnet,
                  tempo,
                  folder.resolve("wallets"),
                  Console.standardError()));
        }
        Path configuration =
            new LocalnetConfiguration(localnet, netuid, tempo, samplers).write(folder);
        print(
            new Addresses(
                localnet.chain().toString(),
                localnet.hub().toString(),
                localnet.feed().toString(),
                localnet.beacon().toString(),
                netuid,
                samplers.askers().stream().map(AccountId::ss58).toList(),
                configuration.toString()));
        new CountDownLatch(1).await();
      }
      return ExitCode.DONE;
    }

    private void requireFolder() {
      if (data == null) {
        return;
      }
      try {
        Files.createDirectories(data);
      } catch (IOException unwritable) {
        throw new UsageException(
            "--data: " + data + " can't be written: " + Reason.of(unwritable), unwritable);
      }
    }

    private void requireBounds() {
      ports.requireBounds();
      Ranges.port("--beacon-port", beaconPort);
      Ranges.netuid("--netuid", netuid);
      if (feedNetuid != null) {
        Ranges.netuid("--feed-netuid", feedNetuid);
        if (feedNetuid == netuid) {
          throw new UsageException(
              "--feed-netuid is " + feedNetuid + ", as --netuid is; name another subnet");
        }
      }
      Ranges.within("--tempo", tempo, 1, 65_535);
      Ranges.within("--block-time", blockTime, 0, 12_000);
      Ranges.within("--samples-per-block", samplesPerBlock, 1, 256);
      Ranges.within("--upgrade-at", upgradeBlock, 1, 0xffff_ffffL);
    }

    private SampleSubnet aliceAlone() {
      return SampleSubnet.withoutMiners(netuid, List.of(Keypair.fromUri("//Alice")));
    }

    private LocalnetOptions options(Path folder, SampleSubnet samplers) {
      if (keep && data == null) {
        throw new UsageException("--keep needs --data DIR, the folder that keeps the chain");
      }
      return new LocalnetOptions(
          folder,
          seed,
          Instant.parse("2026-01-01T00:00:00Z"),
          netuid,
          tempo,
          sealing(),
          samplesPerBlock,
          samplers,
          tokens(),
          new LocalnetPorts(ports.chain(), ports.hub(), ports.feed(), beaconPort),
          keep,
          upgradeBlock(),
          true);
    }

    /** A namespace that commands and guides can publish in without being told a token. */
    private Map<String, String> tokens() {
      Map<String, String> tokens = new HashMap<>(hubTokens);
      if (!tokens.containsValue(OPEN)) {
        tokens.putIfAbsent(OPEN, OPEN);
      }
      return tokens;
    }

    private OptionalLong upgradeBlock() {
      if (upgradeBlock == null) {
        return OptionalLong.empty();
      }
      if (upgradeBlock < 1) {
        throw new UsageException("--upgrade-at: " + upgradeBlock + " is not a block from 1 on");
      }
      return OptionalLong.of(upgradeBlock);
    }

    private Sealing sealing() {
      try {
        return blockTime == 0 ? Sealing.INSTANT : Sealing.every(Duration.ofMillis(blockTime));
      } catch (IllegalArgumentException e) {
        throw new UsageException("--block-time: " + e.getMessage(), e);
      }
    }

    private void print(Addresses addresses) {
      output.print(
          addresses,
          () ->
              List.of(
                  "chain " + addresses.chain(),
                  "hub   " + addresses.hub(),
                  "feed  " + addresses.feed(),
                  "beacon " + addresses.beacon(),
                  "netuid " + addresses.netuid(),
                  "feed's sources " + String.join(" ", addresses.feedSources()),
                  "configuration " + addresses.configuration()));
    }
  }
}
