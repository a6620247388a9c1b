package dev.assay.report.replay;

import dev.assay.jobs.bundle.BundleVoucher;
import dev.assay.jobs.replay.LossReplay;
import dev.assay.report.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a replay found, for people. The bundle's own words are escaped. */
public final class ReplayText {
  private ReplayText() {}

  public static List<String> lines(ReplayReport report) {
    List<String> lines = new ArrayList<>();
    if (!report.damaged().isEmpty()) {
      lines.add("damaged: " + Printable.onTerminal(String.join(", ", report.damaged())));
    } else if (report.difference() == null || report.losses() > 0) {
      lines.add("weights: the same, bit for bit");
    }
    if (report.losses() > 0) {
      lines.add(
          String.format(
              Locale.ROOT,
              "losses:  %d computed again, seed %d, at most %.1e apart (tolerance %.1e)",
              report.losses(),
              report.seed(),
              report.largest(),
              LossReplay.TOLERANCE));
    }
    if (report.difference() != null) {
      lines.add("differs: " + Printable.onTerminal(report.difference()));
    }
    lines.add("chain:   " + chain(report));
    report.vouchers().forEach(voucher -> lines.add(signature(voucher)));
    if (report.vouchers().isEmpty()) {
      lines.add("signed:  by no validator");
    }
    return lines;
  }

  private static String chain(ReplayReport report) {
    return report.genesis() == null
        ? "unknown; the bundle does not name it, like bundles of earlier releases"
        : Printable.onTerminal("subnet " + report.netuid() + " of genesis " + report.genesis());
  }

  private static String signature(BundleVoucher voucher) {
    return Printable.onTerminal(
        voucher
            .problem()
            .map(problem -> "not signed by " + voucher.hotkey() + ": " + problem)
            .orElseGet(() -> "signed:  by " + voucher.hotkey() + ", for " + what(voucher.facts())));
  }

  private static String what(Map<String, String> facts) {
    String files = "these files";
    if (!facts.containsKey("extrinsic")) {
      return files;
    }
    return "%s and weights by extrinsic %s in block %s%s"
        .formatted(
            files,
            facts.get("extrinsic"),
            facts.getOrDefault("included_block", "unknown"),
            "no".equals(facts.get("revealed")) ? ", hidden when it was signed" : "");
  }
}
