package dev.assay.jobs.submit;

import dev.assay.chain.keys.Keypair;
import dev.assay.chain.subtensor.Weight;
import dev.assay.jobs.KillScenario;
import dev.assay.jobs.bundle.Bundles;
import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.jobs.progress.Progress;
import dev.assay.jobs.submit.SubmitReport.State;
import dev.assay.jobs.tables.Warehouse;
import dev.assay.jobs.tables.WeightRow;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;

/** One window's weights, plain ones or such as are committed by a hash and revealed later. */
public final class SubmitKills implements KillScenario {
  private static final String EVALUATION = "e1";

  private final ValidatorsChain chain;
  private final int netuid;

  private SubmitKills(ValidatorsChain chain, int netuid) {
    this.chain = chain;
    this.netuid = netuid;
  }

  /** On a chain that shows weights. */
  public static SubmitKills plain() throws Exception {
    return new SubmitKills(ValidatorsChain.start(), ValidatorsChain.PLAIN);
  }

  /** On a chain that hides them. */
  public static SubmitKills hidden() throws Exception {
    return new SubmitKills(ValidatorsChain.start(), ValidatorsChain.HIDDEN);
  }

  @Override
  public String name() {
    return netuid == ValidatorsChain.PLAIN ? "submit" : "submit-hidden";
  }

  @Override
  public void prepare(Path folder, int number) throws Exception {
    String hiding = netuid == ValidatorsChain.HIDDEN ? ", commit_reveal: hash" : "";
    // Where in an epoch a case begins is its number's doing: a single one runs as it does among
    // all.
    chain.seal(Math.floorMod(number - chain.head().number(), ValidatorsChain.TEMPO));
    long block = chain.head().number();
    int second = 1 + number % 65_534;
    new ValidatorFolder(chain, folder, netuid, hiding)
        .evaluation(EVALUATION, window(block), 65_535, second, 0);
    Files.writeString(folder.resolve("case"), block + " " + second);
  }

  /** A window that nobody has set weights in. */
  private static long window(long block) {
    return block / 100 + 1;
  }

  /** Submits once. */
  public static State run(Path folder) throws Exception {
    return Submit.run(
            AssayConfiguration.load(folder.resolve("assay.yaml"), Map.of()),
            EVALUATION,
            Keypair.fromUri("//Validator"),
            Progress.silent(),
            Clock.systemUTC())
        .state();
  }

  @Override
  public boolean attempt(Path folder) throws Exception {
    return Set.of(State.SET, State.ALREADY_SET).contains(run(folder));
  }

  /** An era; where weights are hidden, less than an epoch, so that no reveal is missed. */
  @Override
  public void pass(Path folder) {
    chain.seal(netuid == ValidatorsChain.HIDDEN ? ValidatorsChain.TEMPO / 2 : 9);
  }

  @Override
  public String outcome(Path folder) throws Exception {
    String[] words = Files.readString(folder.resolve("case")).split(" ", 2);
    List<Weight> expected =
        List.of(
            new Weight(chain.uid("//M1"), 65_535),
            new Weight(chain.uid("//M2"), Integer.parseInt(words[1])));
    String vector = chain.weights(netuid).equals(expected) ? "set" : "another";
    int changes = chain.changes(netuid, Long.parseLong(words[0]));
    AssayConfiguration configuration =
        AssayConfiguration.load(folder.resolve("assay.yaml"), Map.of());
    try (Warehouse warehouse =
        Warehouse.open(configuration.paths().warehouse(), new Configuration())) {
      List<WeightRow> rows = warehouse.table(WeightRow.TABLE).rows();
      Map<String, Long> events =
          rows.stream()
              .filter(row -> !row.event().endsWith("SENT"))
              .collect(
                  Collectors.groupingBy(WeightRow::event, TreeMap::new, Collectors.counting()));
      return "vector %s by %d changes, %s, signed %s"
          .formatted(vector, changes, events, signed(configuration));
    }
  }

  private boolean signed(AssayConfiguration configuration) {
    return Bundles.of(configuration)
        .bundle(EVALUATION)
        .signedBy(chain.validator.account())
        .isPresent();
  }

  @Override
  public void close() {
    chain.close();
  }
}
