package dev.assay.cli.demo;

import dev.assay.chain.endpoints.ConnectOptions;
import dev.assay.chain.extrinsic.Patience;
import dev.assay.chain.keys.Keypair;
import dev.assay.chain.subtensor.Subtensor;
import dev.assay.cli.participants.Enrolment;
import dev.assay.cli.participants.Participant;
import dev.assay.cli.participants.PromptSubnet;
import dev.assay.cli.terminal.Console;
import dev.assay.localnet.LocalnetOptions;
import dev.assay.localnet.LocalnetPorts;
import dev.assay.localnet.node.Sealing;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * The participants.
 *
 * @param prompts the subnet that the samples come from
 * @param plans what each miner does, in the order of their commitments
 * @param bank pays for all registrations and stakes
 */
record Participants(
    List<Participant> validators,
    Map<String, Participant> miners,
    PromptSubnet prompts,
    List<MinerPlan> plans,
    Keypair bank) {
  static final int NETUID = 6;
  static final int TEMPO = 60;

  /** Blocks are sealed at once, so that looking often costs little. */
  static final ConnectOptions CONNECTION =
      ConnectOptions.DEFAULT.withPatience(
          new Patience(Duration.ofMillis(20), Duration.ofMinutes(1), false));

  private static final Instant GENESIS = Instant.parse("2026-01-01T00:00:00Z");
  private static final int SAMPLES_PER_BLOCK = 64;

  /** TAO, by validator. */
  private static final List<Long> STAKES = List.of(5_000L, 3_000L, 2_000L);

  static Participants of(long seed, DemoScale scale, DemoPolicy policy) {
    List<Participant> validators =
        List.of("validator-1", "validator-2", "validator-3").stream()
            .map(name -> Participant.of(name, seed))
            .toList();
    List<MinerPlan> plans = MinerPlan.field(scale.unit());
    Map<String, Participant> miners =
        plans.stream()
            .collect(Collectors.toMap(MinerPlan::name, plan -> Participant.of(plan.name(), seed)));
    Keypair bank = Keypair.fromUri("//Alice").withRandomness(new SplittableRandom(seed));
    return new Participants(
        validators,
        miners,
        PromptSubnet.of(PromptSubnet.NETUID, seed, policy.askers()),
        plans,
        bank);
  }

  LocalnetOptions localnet(DemoOptions options, Path folder) {
    return new LocalnetOptions(
        folder,
        options.seed(),
        GENESIS,
        NETUID,
        TEMPO,
        Sealing.INSTANT,
        SAMPLES_PER_BLOCK,
        prompts.samplers(),
        miners.keySet().stream().collect(Collectors.toMap(name -> name, Participants::token)),
        new LocalnetPorts(options.chainPort(), options.hubPort(), options.feedPort(), 0),
        false,
        OptionalLong.empty(),
        false);
  }

  /** What a miner may write to its namespace with, on a hub that lives for minutes. */
  static String token(String miner) {
    return "token-of-" + miner;
  }

  /**
   * Registers all participants, and waits for the epoch that grants the validators their permits.
   */
  void enrol(Subtensor chain, BlockClock clock, Path wallets, Console console) {
    Enrolment enrolment = new Enrolment(chain, NETUID, bank);
    for (int i = 0; i < validators.size(); i++) {
      validators.get(i).store(wallets);
      enrolment.validator(validators.get(i), STAKES.get(i));
      console.line(
          "%-12s %s  %,6d TAO staked"
              .formatted(validators.get(i), validators.get(i).hotkey().account(), STAKES.get(i)));
    }
    for (MinerPlan plan : plans) {
      Participant miner = miners.get(plan.name());
      miner.store(wallets);
      enrolment.miner(miner);
      console.line("%-12s %s".formatted(miner, miner.hotkey().account()));
    }
    prompts.enrol(chain, bank, wallets, console);
    clock.advanceTo((clock.head() / TEMPO + 1) * TEMPO + 1);
    console.line(
        "block %d: the epochs granted %d permits on subnet %d, %d on subnet %d"
            .formatted(
                clock.head(),
                permits(chain, NETUID),
                NETUID,
                permits(chain, PromptSubnet.NETUID),
                PromptSubnet.NETUID));
  }

  private static long permits(Subtensor chain, int netuid) {
    return chain.at(chain.finalizedHead()).metagraph(netuid).neurons().stream()
        .filter(neuron -> neuron.validatorPermit())
        .count();
  }
}
