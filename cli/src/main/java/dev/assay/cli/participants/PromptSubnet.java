package dev.assay.cli.participants;

import dev.assay.chain.keys.Keypair;
import dev.assay.chain.subtensor.Calls;
import dev.assay.chain.subtensor.Metagraph;
import dev.assay.chain.subtensor.Neuron;
import dev.assay.chain.subtensor.Subtensor;
import dev.assay.chain.subtensor.Weight;
import dev.assay.cli.terminal.Console;
import dev.assay.jobs.feed.FeedSample;
import dev.assay.localnet.feed.AnsweringMiner;
import dev.assay.localnet.feed.SampleSubnet;
import dev.assay.score.rules.WeightLimits;
import dev.assay.score.weights.WeightVector;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The subnet whose validators make samples of what its miners answer. Anybody can count in the feed
 * whose answers a validator took; that is what it weights its miners by.
 *
 * @param netuid its own
 */
public record PromptSubnet(int netuid, List<Participant> validators, List<Participant> miners) {
  /** Cortex.t's. */
  public static final int NETUID = 18;

  /** TAO, by validator; those after the last one have as much as that. */
  private static final List<Long> STAKES = List.of(4_000L, 2_500L);

  /** The share of prompts that each miner answers as well as can be. */
  private static final List<Double> QUALITIES = List.of(0.9, 0.6, 0.3);

  /**
   * The subnet.
   *
   * @param askers how many validators
   */
  public static PromptSubnet of(int netuid, long seed, int askers) {
    return new PromptSubnet(
        netuid,
        participants(
            seed,
            IntStream.rangeClosed(1, askers).mapToObj(i -> "asker-" + i).toArray(String[]::new)),
        participants(seed, "scholar", "student", "guesser"));
  }

  private static List<Participant> participants(long seed, String... names) {
    return Stream.of(names).map(name -> Participant.of(name, seed)).toList();
  }

  /** As the localnet makes samples of it. */
  public SampleSubnet samplers() {
    Stream<AnsweringMiner> answering =
        IntStream.range(0, miners.size())
            .mapToObj(i -> new AnsweringMiner(miners.get(i).account(), QUALITIES.get(i)));
    return new SampleSubnet(
        netuid, validators.stream().map(Participant::hotkey).toList(), answering.toList());
  }

  /** Brings everybody onto the subnet who isn't there; the bank pays. */
  public void enrol(Subtensor chain, Keypair bank, Path wallets, Console console) {
    Enrolment enrolment = new Enrolment(chain, netuid, bank);
    for (int i = 0; i < validators.size(); i++) {
      validators.get(i).store(wallets);
      enrolment.validator(validators.get(i), STAKES.get(Math.min(i, STAKES.size() - 1)));
    }
    for (Participant miner : miners) {
      miner.store(wallets);
      enrolment.miner(miner);
    }
    console.line(
        "subnet %d: %s ask, %s answer".formatted(netuid, names(validators), names(miners)));
  }

  private static String names(List<Participant> participants) {
    return participants.stream().map(Participant::name).collect(Collectors.joining(", "));
  }

  /** Sets the weights of every validator, each by the answers of its own that the feed shows. */
  public void setWeights(Subtensor chain, List<FeedSample> feed, Console console) {
    Metagraph metagraph = chain.at(chain.finalizedHead()).metagraph(netuid);
    for (Participant validator : validators) {
      String asker = validator.account().ss58();
      List<FeedSample> own = feed.stream().filter(each -> each.source().equals(asker)).toList();
      long block =
          chain
              .submit(Calls.setWeights(netuid, weights(metagraph, own), 0), validator.hotkey())
              .orThrow("the weights of " + validator)
              .number();
      console.line("%s: weights on subnet %d in block %d".formatted(validator, netuid, block));
    }
  }

  private List<Weight> weights(Metagraph metagraph, List<FeedSample> samples) {
    SortedMap<Integer, Double> taken = new TreeMap<>();
    for (Participant miner : miners) {
      String answerer = miner.account().ss58();
      double count = samples.stream().filter(each -> isAnsweredBy(each, answerer)).count();
      taken.put(metagraph.neuron(miner.account()).orElseThrow().uid(), count);
    }
    return WeightVector.of(taken, WeightLimits.NONE).weights().stream()
        .map(weight -> new Weight(weight.uid(), weight.weight()))
        .toList();
  }

  private static boolean isAnsweredBy(FeedSample sample, String answerer) {
    return sample.answerer().filter(answerer::equals).isPresent();
  }

  /** What became of the subnet: who asked and who answered how often, and what each earned. */
  public PromptOutcome outcome(Metagraph metagraph, List<FeedSample> feed) {
    return new PromptOutcome(
        netuid,
        counts(validators, feed.stream().map(FeedSample::source)),
        counts(miners, feed.stream().flatMap(sample -> sample.answerer().stream())),
        Shares.of(metagraph, miners, Neuron::incentive),
        Shares.of(metagraph, validators, Neuron::dividends));
  }

  private static Map<String, Long> counts(List<Participant> of, Stream<String> addresses) {
    Map<String, Long> found =
        addresses.collect(Collectors.groupingBy(address -> address, Collectors.counting()));
    Map<String, Long> counts = new TreeMap<>();
    of.forEach(each -> counts.put(each.name(), found.getOrDefault(each.account().ss58(), 0L)));
    return counts;
  }

  /** Prints who asked and who answered. */
  public void show(List<FeedSample> feed, Console console) {
    console.line(
        "subnet %d: asked by %s; answered by %s"
            .formatted(
                netuid,
                listed(counts(validators, feed.stream().map(FeedSample::source))),
                listed(counts(miners, feed.stream().flatMap(each -> each.answerer().stream())))));
  }

  private static String listed(Map<String, Long> counts) {
    return counts.entrySet().stream()
        .map(each -> String.format(Locale.ROOT, "%s %,d", each.getKey(), each.getValue()))
        .collect(Collectors.joining(", "));
  }

  /** Prints what consensus granted. */
  public static void show(PromptOutcome outcome, Console console) {
    console.line(
        "subnet %d: incentive of %s; dividends of %s"
            .formatted(outcome.netuid(), shared(outcome.incentive()), shared(outcome.dividends())));
  }

  private static String shared(Map<Integer, Double> shares) {
    return shares.entrySet().stream()
        .map(
            each ->
                String.format(Locale.ROOT, "uid %d %.2f%%", each.getKey(), 100 * each.getValue()))
        .collect(Collectors.joining(", "));
  }
}
