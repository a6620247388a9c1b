package dev.assay.jobs.status;

import dev.assay.chain.keys.AccountId;
import dev.assay.chain.keys.KeyfileException;
import dev.assay.chain.metadata.MissingItemException;
import dev.assay.chain.metadata.Value;
import dev.assay.chain.subtensor.BlockView;
import dev.assay.chain.subtensor.Metagraph;
import dev.assay.chain.subtensor.Neuron;
import dev.assay.chain.subtensor.Subtensor;
import dev.assay.jobs.chain.ChainAccess;
import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.jobs.submit.ValidatorKey;
import dev.assay.jobs.submit.WindowStanding;
import dev.assay.jobs.tables.EvaluationRow;
import dev.assay.score.sampling.Window;
import java.time.Instant;
import java.util.Optional;

/** Finds out where the chain stands and whether the present window's weights are set; no Spark. */
public final class WindowReading {
  /** The whole of what the chain counts in shares. */
  private static final double SHARES = 65_535;

  private final AssayConfiguration configuration;
  private final Optional<AccountId> hotkey;
  private final Records records;

  WindowReading(AssayConfiguration configuration, Optional<AccountId> hotkey, Records records) {
    this.configuration = configuration;
    this.hotkey = hotkey;
    this.records = records;
  }

  /**
   * Looks at the last final block.
   *
   * @throws dev.assay.chain.rpc.RpcUnreachableException if no endpoint answers
   * @throws dev.assay.jobs.config.ConfigurationException if the chain has no such subnet
   */
  public static WindowReport now(AssayConfiguration configuration) {
    Optional<AccountId> hotkey = hotkey(configuration);
    Records records = Records.read(configuration, hotkey.map(AccountId::ss58));
    try (Subtensor chain = ChainAccess.connect(configuration)) {
      return new WindowReading(configuration, hotkey, records).at(chain);
    }
  }

  /** The validator's account, where the wallet has it. */
  static Optional<AccountId> hotkey(AssayConfiguration configuration) {
    try {
      return Optional.of(ValidatorKey.account(configuration));
    } catch (KeyfileException missing) {
      return Optional.empty();
    }
  }

  WindowReport at(Subtensor chain) {
    BlockView head = chain.at(chain.finalizedHead());
    WindowReport report = at(chain, head);
    if (report.weights() != Weights.FOREIGN) {
      return report;
    }
    // An extrinsic is recorded before it is sent, so tables that are read after the block know each
    // update of our own that it shows.
    Records since = Records.read(configuration, hotkey.map(AccountId::ss58));
    return new WindowReading(configuration, hotkey, since).at(chain, head);
  }

  private WindowReport at(Subtensor chain, BlockView head) {
    int netuid = configuration.chain().netuid();
    int mechanism = configuration.chain().mechanism();
    ChainAccess.requireSubnet(head, "chain.netuid", netuid);
    Window window = Window.containing(head.number(), configuration.window().blocks());
    Metagraph members = mechanism == 0 ? head.metagraph(netuid) : head.metagraph(netuid, mechanism);
    Optional<Neuron> neuron = hotkey.flatMap(members::neuron);
    Optional<WindowStanding> standing = Optional.ofNullable(records.windows().get(window.number()));
    Weights weights = weights(window, neuron, standing);
    Optional<String> evaluation =
        records.evaluation(window.number()).map(EvaluationRow::evaluation);
    Opening opening = Opening.of(window, weights, standing, evaluation);
    long last = window.firstBlock() + window.blocks() - 1;
    return new WindowReport(
        chain.genesisHash().toString(),
        netuid,
        mechanism,
        head.number(),
        Instant.ofEpochMilli(head.storage("Timestamp", "Now").orElseThrow().asLong()),
        window.number(),
        window.firstBlock(),
        last,
        (last + 1 - head.number()) * configuration.submit().blockTime().toSeconds(),
        window.firstBlock() + configuration.submit().latestBlock(configuration.window()),
        hotkey.map(AccountId::ss58),
        neuron.map(Neuron::uid),
        neuron.map(Neuron::validatorPermit),
        neuron.map(Neuron::active),
        neuron.map(Neuron::lastUpdate),
        neuron.flatMap(member -> validatorTrust(head, netuid, member.uid())),
        neuron.map(member -> member.dividends() / SHARES),
        head.hyperparameters(netuid).immunityPeriod(),
        weights,
        evaluation,
        standing.flatMap(WindowStanding::extrinsic),
        opening.isOpen(),
        opening.reason());
  }

  private static Optional<Double> validatorTrust(BlockView head, int netuid, int uid) {
    try {
      long[] trust =
          head.storage("SubtensorModule", "ValidatorTrust", Value.of(netuid))
              .orElseThrow()
              .asLongs();
      return uid < trust.length ? Optional.of(trust[uid] / SHARES) : Optional.empty();
    } catch (MissingItemException untold) {
      return Optional.empty();
    }
  }

  private Weights weights(
      Window window, Optional<Neuron> neuron, Optional<WindowStanding> standing) {
    if (hotkey.isEmpty()) {
      return Weights.NO_HOTKEY;
    }
    if (neuron.isEmpty()) {
      return Weights.UNREGISTERED;
    }
    Weights own = standing.map(known -> Weights.valueOf(known.stage().name())).orElse(Weights.NONE);
    boolean mayBeOwn = own == Weights.SET || own == Weights.COMMITTED || own == Weights.SENT;
    return !mayBeOwn && isForeign(window, neuron.get()) ? Weights.FOREIGN : own;
  }

  /** Whether the hotkey's last update lies in this window, and the tables do not know it. */
  private boolean isForeign(Window window, Neuron neuron) {
    return neuron.lastUpdate() >= window.firstBlock()
        && neuron.lastUpdate() != neuron.blockAtRegistration()
        && records.lastChange().filter(known -> known >= neuron.lastUpdate()).isEmpty();
  }
}
