package dev.assay.cli.demo;

import dev.assay.chain.rpc.HttpRpcClient;
import dev.assay.chain.rpc.RpcClient;
import dev.assay.chain.rpc.RpcLimits;
import dev.assay.chain.subtensor.Subtensor;
import dev.assay.cli.participants.Participant;
import dev.assay.cli.process.Closing;
import dev.assay.cli.process.OutputFolder;
import dev.assay.cli.terminal.Console;
import dev.assay.cli.terminal.ConsoleProgress;
import dev.assay.cli.terminal.Waiting;
import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.jobs.evaluate.Evaluate;
import dev.assay.jobs.feed.EarlierSamples;
import dev.assay.jobs.feed.FeedSample;
import dev.assay.jobs.report.EvaluationReport;
import dev.assay.jobs.snapshot.Snapshot;
import dev.assay.jobs.snapshot.SnapshotReport;
import dev.assay.jobs.spark.SparkRuntime;
import dev.assay.jobs.submit.Submit;
import dev.assay.jobs.submit.SubmitReport;
import dev.assay.localnet.Localnet;
import dev.assay.model.rejection.RejectedCheckpointException;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.OptionalLong;
import org.apache.spark.sql.SparkSession;

/** The whole loop on one machine; every part is reached over its network protocol. */
public final class Demo {
  private final DemoOptions options;
  private final OutputFolder folder;
  private final Console console;
  private final Participants participants;

  private Demo(DemoOptions options, OutputFolder folder, Console console) {
    this.options = options;
    this.folder = folder;
    this.console = console;
    participants = Participants.of(options.seed(), options.scale(), options.policy());
  }

  /**
   * Runs the loop once and leaves nothing running.
   *
   * @throws dev.assay.cli.UsageException if the output folder can't be used
   * @throws IOException if a port is taken or the disk fails
   */
  public static DemoResult run(DemoOptions options, Console console)
      throws IOException, InterruptedException, RejectedCheckpointException {
    options.requireFreePorts();
    try (Closing closing = new Closing()) {
      OutputFolder folder = closing.add(OutputFolder.of(options.out()));
      return new Demo(options, folder, console).loop(closing);
    }
  }

  private DemoResult loop(Closing closing)
      throws IOException, InterruptedException, RejectedCheckpointException {
    console.stage("1/7  A local chain, a hub and a sample feed start");
    Localnet localnet = closing.add(Localnet.start(participants.localnet(options, folder.path())));
    console.line("chain " + localnet.chain());
    console.line("hub   " + localnet.hub());
    console.line("feed  " + localnet.feed());
    try (Subtensor chain = Subtensor.connect(List.of(localnet.chain()), Participants.CONNECTION);
        RpcClient rpc = new HttpRpcClient(localnet.chain(), RpcLimits.DEFAULT)) {
      BlockClock clock = new BlockClock(rpc);
      DemoConfiguration configuration =
          new DemoConfiguration(folder.path(), localnet, Participants.NETUID, options.policy());

      console.stage("2/7  Validators and miners register");
      participants.enrol(chain, clock, configuration.wallets(), console);

      console.stage("3/7  Miners train, publish and commit");
      MinersWork work = new MinersWork(options, folder.path(), localnet, chain, console);
      work.run(participants, clock.head());

      console.stage("4/7  Fresh samples arrive, and are taken");
      AssayConfiguration first = configuration.of(participants.validators().get(0));
      clock.advanceTo(firstWindow(clock.head()));
      List<FeedSample> feed = snapshot(first, localnet);

      console.stage("5/7  The validator evaluates on Spark");
      SparkSession spark = spark(closing, first);
      EvaluationReport evaluation = evaluate(spark, first);
      for (int window = 2; window <= options.policy().windows(); window++) {
        clock.advanceTo(evaluation.block() + DemoConfiguration.WINDOW);
        feed = snapshot(first, localnet);
        evaluation = evaluate(spark, first);
      }

      console.stage("6/7  Weights are set");
      SubmitReport submitted = submit(configuration, evaluation);
      participants.prompts().setWeights(chain, feed, console);

      console.stage("7/7  Yuma consensus runs");
      return consensus(chain, clock, evaluation, submitted, first, feed);
    }
  }

  /** The next window but one begins after as many blocks of samples as a window has. */
  private long firstWindow(long head) {
    long window = DemoConfiguration.WINDOW;
    return ((head + options.policy().delayBlocks()) / window + 2) * window;
  }

  /** Takes what is new, and returns what the feed shows of those blocks. */
  private List<FeedSample> snapshot(AssayConfiguration validator, Localnet localnet)
      throws InterruptedException {
    SnapshotReport report = Snapshot.run(validator, new ConsoleProgress(console));
    console.line(
        "%,d samples of blocks %d to %d are in the table"
            .formatted(report.written(), report.fromBlock(), report.toBlock()));
    List<FeedSample> feed =
        EarlierSamples.of(report.fromBlock(), report.toBlock(), localnet.feed());
    participants.prompts().show(feed, console);
    return feed;
  }

  private SparkSession spark(Closing closing, AssayConfiguration validator)
      throws InterruptedException {
    return Waiting.during(
        "Spark starts its executors",
        console,
        () -> closing.add(SparkRuntime.start(validator, System.getenv())));
  }

  private EvaluationReport evaluate(SparkSession spark, AssayConfiguration validator)
      throws InterruptedException {
    return Evaluate.run(
        validator, spark, OptionalLong.empty(), new ConsoleProgress(console), Clock.systemUTC());
  }

  /** The other validators adopt the evaluation: they trust its losses and sign for themselves. */
  private SubmitReport submit(DemoConfiguration configuration, EvaluationReport evaluation)
      throws IOException, InterruptedException {
    SubmitReport first = null;
    for (Participant validator : participants.validators()) {
      SubmitReport report =
          Submit.run(
              configuration.of(validator),
              evaluation.evaluation(),
              validator.hotkey(),
              new ConsoleProgress(console),
              Clock.systemUTC());
      if (report.state() != SubmitReport.State.SET) {
        throw new IllegalStateException(
            "the weights of %s are %s: %s".formatted(validator, report.state(), report.reason()));
      }
      console.line("%s: weights in block %d".formatted(validator, report.block().orElseThrow()));
      first = first == null ? report : first;
    }
    return first;
  }

  private DemoResult consensus(
      Subtensor chain,
      BlockClock clock,
      EvaluationReport evaluation,
      SubmitReport submitted,
      AssayConfiguration settings,
      List<FeedSample> feed)
      throws IOException {
    long epochs = clock.head() / Participants.TEMPO;
    clock.advanceTo((epochs + 2) * Participants.TEMPO);
    Results results = new Results(options, folder, participants);
    DemoResult result =
        results.of(
            chain.at(submitted.block().orElseThrow()),
            chain.at(chain.finalizedHead()),
            evaluation,
            settings,
            feed,
            Clock.systemUTC().instant());
    Results.show(result, console);
    return result;
  }
}
