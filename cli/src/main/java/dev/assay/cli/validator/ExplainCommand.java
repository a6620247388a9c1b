package dev.assay.cli.validator;

import dev.assay.cli.terminal.ExitCode;
import dev.assay.cli.terminal.Output;
import dev.assay.cli.terminal.Ranges;
import dev.assay.cli.terminal.UsageException;
import dev.assay.jobs.bundle.BundleFolder;
import dev.assay.report.Printable;
import dev.assay.report.explain.ExplanationReport;
import dev.assay.report.explain.ExplanationText;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "explain",
    description = {
      "Explains the rank of every model in an evaluation: which models it doesn't beat and by how"
          + " much, the earlier model's advantage and when it stops mattering, and the decisive"
          + " samples; for a rejected model the rule, its value and the limit.",
      "Everything is computed from the bundle alone, with the numbers that decided."
    },
    footer = {
      "",
      "  assay explain loop/bundles/*",
      "  assay explain loop/bundles/* --uid 8",
      "  assay explain latest"
    })
public final class ExplainCommand implements Callable<Integer> {
  @Mixin private Output output;

  @Mixin private BundleArgument bundle;

  @Option(names = "--uid", paramLabel = "N", description = "Only this model.")
  private Integer uid;

  @Override
  public Integer call() {
    Ranges.within("--uid", uid, 0, 65_535);
    BundleFolder folder = bundle.open();
    ExplanationReport all = ExplanationReport.of(folder);
    ExplanationReport report = uid == null ? all : all.only(uid);
    if (report.models().isEmpty() && !all.models().isEmpty()) {
      throw new UsageException(
          folder.address() + " holds no model of uid " + uid + "; leave --uid out to see all");
    }
    int most = uid == null ? 1 : Integer.MAX_VALUE;
    output.print(report, () -> lines(report, most));
    return report.models().isEmpty() ? ExitCode.NOTHING_TO_DO : ExitCode.DONE;
  }

  private static List<String> lines(ExplanationReport report, int most) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "evaluation of block %d; losses are nats per token, samples are numbered as in the bundle"
            .formatted(report.block()));
    if (report.models().isEmpty()) {
      lines.add("no model was committed that could be judged, so there is none to explain");
    }
    for (ExplanationReport.Model model : report.models()) {
      lines.add("");
      ExplanationText.of(model, most).forEach(line -> lines.add(Printable.onTerminal(line)));
    }
    return lines;
  }
}
