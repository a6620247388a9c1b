package dev.assay.report.page;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** One page that shows who earned what and why; opens from disk, needs nothing else. */
public final class ReportPage {
  private ReportPage() {}

  /** Writes the page; it appears whole or not at all. */
  public static void write(PageContent content, Path page) throws IOException {
    Path partial = Files.createTempFile(page.getParent(), "report", ".partial");
    Files.writeString(partial, of(content));
    Files.move(partial, page, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  static String of(PageContent content) {
    return ReportViewRenderer.of().execute(ReportView.of(content));
  }
}
