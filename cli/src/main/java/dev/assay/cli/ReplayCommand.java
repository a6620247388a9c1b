package dev.assay.cli;

import dev.assay.jobs.bundle.BundleFolder;
import dev.assay.score.bundle.Replay;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "replay",
    description = "Recomputes an evaluation's weights from its bundle, bit for bit.",
    footer = {"", "  assay replay loop/bundles/3f9ac1..."})
final class ReplayCommand implements Callable<Integer> {
  @Parameters(paramLabel = "BUNDLE", description = "The bundle's folder.")
  private Path bundle;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Spec private CommandSpec spec;

  /**
   * What a replay found.
   *
   * @param same whether the recorded result follows from the recorded input
   * @param damaged files that are missing or differ from the manifest
   * @param difference the first line that differs; null where none does
   */
  record Answer(boolean same, List<String> damaged, String difference) {}

  @Override
  public Integer call() {
    Answer answer = replay();
    Output.print(spec, json, answer, () -> lines(answer));
    return answer.same() ? ExitCode.DONE : ExitCode.FAILED;
  }

  private Answer replay() {
    if (!Files.isDirectory(bundle)) {
      throw new UsageException(bundle + " is no folder; name the folder of a bundle");
    }
    BundleFolder folder = new BundleFolder(bundle.toAbsolutePath().normalize());
    List<String> damaged = folder.damaged();
    if (!damaged.isEmpty()) {
      return new Answer(false, damaged, null);
    }
    Optional<Replay.Difference> difference = folder.replay();
    return new Answer(difference.isEmpty(), damaged, difference.map(Object::toString).orElse(null));
  }

  private static List<String> lines(Answer answer) {
    if (!answer.damaged().isEmpty()) {
      return List.of("damaged: " + Printable.onTerminal(String.join(", ", answer.damaged())));
    }
    return List.of(
        answer.same()
            ? "the same, bit for bit"
            : "differs: " + Printable.onTerminal(answer.difference()));
  }
}
