package dev.assay.cli;

import dev.assay.cli.bench.BenchCommand;
import dev.assay.cli.chain.CommitmentsCommand;
import dev.assay.cli.chain.HyperparametersCommand;
import dev.assay.cli.chain.MetagraphCommand;
import dev.assay.cli.chain.WeightsCommand;
import dev.assay.cli.compare.CompareCommand;
import dev.assay.cli.demo.DemoCommand;
import dev.assay.cli.localnet.LocalnetCommand;
import dev.assay.cli.loss.LossCommand;
import dev.assay.cli.mine.MineCommand;
import dev.assay.cli.miner.CommitCommand;
import dev.assay.cli.miner.PublishCommand;
import dev.assay.cli.scoring.ScoreCommand;
import dev.assay.cli.scoring.SimulateCommand;
import dev.assay.cli.setup.CompletionCommand;
import dev.assay.cli.setup.ConfigCommand;
import dev.assay.cli.setup.DoctorCommand;
import dev.assay.cli.spark.MaintainCommand;
import dev.assay.cli.spark.NotebookCommand;
import dev.assay.cli.spark.SparkConfCommand;
import dev.assay.cli.train.CheckCommand;
import dev.assay.cli.train.TrainCommand;
import dev.assay.cli.validator.EvaluateCommand;
import dev.assay.cli.validator.ExplainCommand;
import dev.assay.cli.validator.LeaderboardCommand;
import dev.assay.cli.validator.PrefetchCommand;
import dev.assay.cli.validator.ReplayCommand;
import dev.assay.cli.validator.ReportCommand;
import dev.assay.cli.validator.SnapshotCommand;
import dev.assay.cli.validator.StatusCommand;
import dev.assay.cli.validator.SubmitCommand;
import dev.assay.cli.validator.ValidatorCommand;
import dev.assay.cli.validator.WeightCopyingCommand;
import dev.assay.cli.validator.WindowCommand;
import dev.assay.cli.validator.YumaCommand;
import dev.assay.cli.wallet.RegisterCommand;
import dev.assay.cli.wallet.StakeCommand;
import dev.assay.cli.wallet.WalletCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

@Command(
    name = "assay",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    scope = ScopeType.INHERIT,
    description = "Scores fine-tuned language models on Spark and sets their weights on Bittensor.",
    footer = {
      "",
      "Start here:  assay demo      the whole loop on this machine, in a few minutes",
      "",
      "Exit codes:  0 done, 1 failed, 2 bad usage or configuration, 3 nothing to do,",
      "             75 try again later."
    },
    subcommands = {
      HelpCommand.class,
      DemoCommand.class,
      LocalnetCommand.class,
      SnapshotCommand.class,
      PrefetchCommand.class,
      EvaluateCommand.class,
      SubmitCommand.class,
      ValidatorCommand.class,
      WindowCommand.class,
      DoctorCommand.class,
      ConfigCommand.class,
      CompletionCommand.class,
      StatusCommand.class,
      ScoreCommand.class,
      SimulateCommand.class,
      LossCommand.class,
      TrainCommand.class,
      CheckCommand.class,
      BenchCommand.class,
      ReplayCommand.class,
      ReportCommand.class,
      ExplainCommand.class,
      LeaderboardCommand.class,
      YumaCommand.class,
      WeightCopyingCommand.class,
      MetagraphCommand.class,
      CommitmentsCommand.class,
      WeightsCommand.class,
      HyperparametersCommand.class,
      CompareCommand.class,
      MaintainCommand.class,
      SparkConfCommand.class,
      NotebookCommand.class,
      WalletCommand.class,
      RegisterCommand.class,
      StakeCommand.class,
      PublishCommand.class,
      CommitCommand.class,
      MineCommand.class
    })
final class Assay implements Runnable {
  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "Show the stack trace of a failure.")
  boolean verbose;

  @Option(
      names = "--quiet",
      scope = ScopeType.INHERIT,
      description = "Show no progress; failures and answers are still told.")
  boolean quiet;

  @Option(
      names = "--log-json",
      scope = ScopeType.INHERIT,
      description = "Write progress and failures as JSON, one object a line (at, kind, text).")
  boolean logJson;

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
