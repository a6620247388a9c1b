package dev.assay.cli.validator;

import dev.assay.chain.rpc.Reason;
import dev.assay.cli.terminal.ExitCode;
import dev.assay.cli.terminal.Output;
import dev.assay.cli.terminal.UsageException;
import dev.assay.jobs.bundle.BundleFolder;
import dev.assay.report.page.BundlePage;
import dev.assay.report.page.PageContent;
import dev.assay.report.page.ReportPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "report",
    description =
        "Writes the page of an evaluation from its bundle: who earned what, and why. It asks"
            + " neither chain nor hub, so what consensus made of the weights is not on it.",
    footer = {"", "  assay report loop/bundles/* --out report.html"})
public final class ReportCommand implements Callable<Integer> {
  @Mixin private Output output;
  @Mixin private BundleArgument bundle;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      defaultValue = "report.html",
      description = "The page, one HTML file (default: ${DEFAULT-VALUE}).")
  private Path out;

  /** What it wrote, and of what. */
  private record Written(String evaluation, String bundle, String page, int models) {}

  @Override
  public Integer call() {
    BundleFolder folder = bundle.open();
    PageContent content = BundlePage.of(folder);
    Path page = out.toAbsolutePath().normalize();
    write(content, page);
    Written written =
        new Written(
            content.evaluation(), folder.address(), page.toString(), content.models().size());
    output.print(
        written,
        () ->
            List.of(
                "%d models of evaluation %s".formatted(written.models(), written.evaluation()),
                "report: file://" + page));
    return ExitCode.DONE;
  }

  private static void write(PageContent content, Path page) {
    try {
      Files.createDirectories(page.getParent());
      ReportPage.write(content, page);
    } catch (IOException unwritable) {
      throw new UsageException(
          "--out is %s, which can't be written: %s; name another file"
              .formatted(page, Reason.of(unwritable)),
          unwritable);
    }
  }
}
