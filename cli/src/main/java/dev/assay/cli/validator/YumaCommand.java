package dev.assay.cli.validator;

import dev.assay.chain.keys.AccountId;
import dev.assay.chain.subtensor.BlockView;
import dev.assay.chain.subtensor.NextEpoch;
import dev.assay.chain.subtensor.Subtensor;
import dev.assay.cli.settings.ConfigurationOption;
import dev.assay.cli.settings.SubnetOption;
import dev.assay.cli.terminal.ExitCode;
import dev.assay.cli.terminal.Output;
import dev.assay.cli.terminal.Ranges;
import dev.assay.cli.terminal.UsageException;
import dev.assay.jobs.chain.ChainAccess;
import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.jobs.submit.ValidatorKey;
import dev.assay.report.yuma.YumaChange;
import dev.assay.report.yuma.YumaReport;
import dev.assay.report.yuma.YumaScenario;
import dev.assay.report.yuma.YumaWeights;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "yuma",
    description = {
      "Predicts Yuma consensus at a subnet's next epoch, with the weights as they are and with"
          + " others in their place.",
      "Without other weights it shows the epoch as it stands. Nothing is sent to the chain."
    },
    footer = {
      "",
      "  assay yuma --netuid 6                                  the next epoch",
      "  assay yuma --netuid 6 --validator 0 --weights w.json   if uid 0 set {\"3\": 0.7, \"5\":"
          + " 0.3}",
      "  assay yuma --evaluation latest --validator 0           if uid 0 set the latest"
          + " evaluation's; default: our hotkey's uid",
      "  assay yuma --scenario conf/yuma-clipped.yaml           an invented subnet"
    })
public final class YumaCommand implements Callable<Integer> {
  @Mixin private Output output;
  @Mixin private ConfigurationOption configuration;

  @Option(
      names = "--scenario",
      paramLabel = "FILE",
      description = "Scenario file of an invented subnet, such as conf/yuma-clipped.yaml.")
  private Path scenario;

  @Mixin private SubnetOption subnet;

  @Option(
      names = "--at",
      paramLabel = "BLOCK",
      description = "State after this block (default: the latest final block).")
  private Long at;

  @Option(
      names = "--weights",
      paramLabel = "FILE",
      description = "File of other weights for the validator: {uid: weight}, in any unit.")
  private Path weights;

  @Option(
      names = "--evaluation",
      paramLabel = "ID",
      description = "Use the weights of this completed evaluation.")
  private String evaluation;

  @Option(
      names = "--validator",
      paramLabel = "UID|SS58",
      description = "Uid that sets the other weights (default: the configured hotkey's).")
  private String validator;

  @Override
  public Integer call() {
    subnet.requireBounds();
    Ranges.block("--at", at);
    if (weights != null && evaluation != null) {
      throw new UsageException("--weights and --evaluation are both given; choose one");
    }
    YumaReport report = scenario == null ? ofChain(configuration.load()) : ofScenario();
    output.print(report, report::lines);
    return ExitCode.DONE;
  }

  private YumaReport ofScenario() {
    YumaScenario read = YumaScenario.read(scenario);
    Optional<YumaChange> change =
        otherWeights()
            .map(weights -> YumaChange.ofWeights(namedUid(), weights))
            .or(() -> read.ownChange(scenario.toString()));
    return report(
        scenario.toString(),
        () ->
            YumaReport.of(
                Optional.empty(), Optional.empty(), List.of(), read.input(), change, List.of()));
  }

  private int namedUid() {
    if (validator == null) {
      throw new UsageException("--validator is missing; name the uid that sets the weights");
    }
    return uid(validator, List.of());
  }

  private YumaReport ofChain(AssayConfiguration settings) {
    Optional<SortedMap<Integer, Double>> other = otherWeights();
    int netuid = subnet.netuid(settings);
    int mechanism = subnet.mechanism(settings);
    try (Subtensor chain = ChainAccess.connect(settings)) {
      BlockView block = at == null ? chain.at(chain.finalizedHead()) : chain.at(at);
      subnet.requireIn(block, settings);
      NextEpoch epoch = block.nextEpoch(netuid, mechanism);
      Optional<YumaChange> change =
          other.map(row -> YumaChange.ofWeights(ourUid(settings, epoch), row));
      return report(
          "subnet " + netuid,
          () ->
              YumaReport.of(
                  Optional.of(netuid),
                  Optional.of(epoch.block()),
                  epoch.hotkeys().stream().map(AccountId::ss58).toList(),
                  epoch.input(),
                  change,
                  notes(epoch)));
    }
  }

  /** A report; what can't be computed is a fault of what was asked of this subnet or scenario. */
  private static YumaReport report(String asked, Supplier<YumaReport> report) {
    try {
      return report.get();
    } catch (IllegalArgumentException e) {
      throw new UsageException(asked + ": " + e.getMessage(), e);
    }
  }

  private static List<String> notes(NextEpoch epoch) {
    List<String> notes = new ArrayList<>();
    long blocks = epoch.input().block() - epoch.block();
    if (blocks > 1) {
      notes.add(
          "the emission assumes that each of the %d blocks until then adds what the last one did"
              .formatted(blocks));
    }
    if (epoch.input().parameters().commitReveal()) {
      notes.add(
          "weights are committed first on this subnet; those that are revealed before the epoch"
              + " can't be seen yet");
    }
    return notes;
  }

  /** Weights by uid from a file or an evaluation; empty where none are asked for. */
  private Optional<SortedMap<Integer, Double>> otherWeights() {
    if (weights != null) {
      return Optional.of(YumaWeights.read(weights));
    }
    return evaluation == null
        ? Optional.empty()
        : Optional.of(YumaWeights.of(configuration.load(), evaluation));
  }

  private int ourUid(AssayConfiguration settings, NextEpoch epoch) {
    String named = validator == null ? ValidatorKey.account(settings).ss58() : validator;
    return uid(named, epoch.hotkeys());
  }

  private static AccountId account(String address) {
    try {
      return AccountId.fromSs58(address);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--validator: " + e.getMessage(), e);
    }
  }

  private static int uid(String named, List<AccountId> hotkeys) {
    if (named.matches("\\d{1,5}")) {
      return Integer.parseInt(named);
    }
    int uid = hotkeys.indexOf(account(named));
    if (uid < 0) {
      throw new UsageException(
          "hotkey " + named + " is not registered there; name a uid with --validator");
    }
    return uid;
  }
}
