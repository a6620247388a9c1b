package dev.assay.cli.validator;

import dev.assay.cli.settings.ConfigurationOption;
import dev.assay.cli.terminal.Console;
import dev.assay.cli.terminal.ExitCode;
import dev.assay.cli.terminal.Output;
import dev.assay.cli.terminal.UsageException;
import dev.assay.cli.terminal.Waiting;
import dev.assay.jobs.config.tables.S3Settings;
import dev.assay.jobs.recorded.RecordedCheck;
import dev.assay.jobs.recorded.RecordedFolder;
import dev.assay.jobs.recorded.RecordedManifest;
import dev.assay.report.Printable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "verify",
    description = {
      "Checks a recorded snapshot: the manifest's signature, each file's digest, columns and rows,"
          + " each sample's block, id and signature.",
      "Exit code 1 and a line for each fault. Whether the recorder is to be trusted is yours to"
          + " say."
    },
    footer = {"", "  assay snapshot verify recorded"})
final class SnapshotVerifyCommand implements Callable<Integer> {
  @Mixin private Output output;
  @Mixin private ConfigurationOption configuration;

  @Parameters(paramLabel = "DIR", description = "Folder, or s3a: address of one.")
  private String folder;

  /** What {@code --json} prints; programs rely on the names. */
  record Answer(
      boolean sound,
      List<String> faults,
      Optional<String> recorder,
      Optional<Integer> netuid,
      Optional<String> genesis,
      Optional<Long> fromBlock,
      Optional<Long> toBlock,
      Optional<Long> samples) {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    RecordedFolder recorded =
        S3Settings.isAddress(folder)
            ? RecordedFolder.at(folder, configuration.load().s3())
            : RecordedFolder.at(folder);
    if (!recorded.isRecorded()) {
      throw new UsageException(
          recorded.address() + " has no manifest.txt; give a folder of assay snapshot export");
    }
    RecordedCheck check =
        Waiting.ifLong(
            "verifying samples", Console.standardError(), () -> RecordedCheck.of(recorded));
    Optional<RecordedManifest> manifest = check.manifest();
    Answer answer =
        new Answer(
            check.faults().isEmpty(),
            check.faults(),
            manifest.map(RecordedManifest::recorder),
            manifest.map(RecordedManifest::netuid),
            manifest.map(RecordedManifest::genesis),
            manifest.map(RecordedManifest::fromBlock),
            manifest.map(RecordedManifest::toBlock),
            manifest.map(RecordedManifest::rows));
    output.print(answer, () -> lines(check));
    return answer.sound() ? ExitCode.DONE : ExitCode.FAILED;
  }

  private static List<String> lines(RecordedCheck check) {
    List<String> lines = new ArrayList<>();
    check.manifest().ifPresent(manifest -> lines.addAll(facts(manifest)));
    check.faults().forEach(fault -> lines.add("fault: " + Printable.onTerminal(fault)));
    lines.add(check.faults().isEmpty() ? "sound" : check.faults().size() + " faults");
    return lines;
  }

  private static List<String> facts(RecordedManifest manifest) {
    return List.of(
        "signed by " + manifest.recorder(),
        "subnet %d of genesis %s".formatted(manifest.netuid(), manifest.genesis()),
        "blocks %d to %d: %,d samples in %d files"
            .formatted(
                manifest.fromBlock(),
                manifest.toBlock(),
                manifest.rows(),
                manifest.files().size()));
  }
}
