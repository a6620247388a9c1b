package dev.assay.cli;

import dev.assay.cli.ReplayCommand.Answer;
import dev.assay.jobs.bundle.BundleVoucher;
import dev.assay.jobs.replay.LossReplay;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a replay found, for people. The bundle's own words are escaped. */
final class ReplayText {
  private ReplayText() {}

  static List<String> lines(Answer answer) {
    List<String> lines = new ArrayList<>();
    if (!answer.damaged().isEmpty()) {
      lines.add("damaged: " + Printable.onTerminal(String.join(", ", answer.damaged())));
    } else if (answer.difference() == null || answer.losses() > 0) {
      lines.add("weights: the same, bit for bit");
    }
    if (answer.losses() > 0) {
      lines.add(
          String.format(
              Locale.ROOT,
              "losses:  %d computed again, seed %d, at most %.1e apart (tolerance %.1e)",
              answer.losses(),
              answer.seed(),
              answer.largest(),
              LossReplay.TOLERANCE));
    }
    if (answer.difference() != null) {
      lines.add("differs: " + Printable.onTerminal(answer.difference()));
    }
    lines.add("chain:   " + chain(answer));
    answer.vouchers().forEach(voucher -> lines.add(signature(voucher)));
    if (answer.vouchers().isEmpty()) {
      lines.add("signed:  by no validator");
    }
    return lines;
  }

  private static String chain(Answer answer) {
    return answer.genesis() == null
        ? "unknown; the bundle does not name it, like bundles of earlier releases"
        : Printable.onTerminal("subnet " + answer.netuid() + " of genesis " + answer.genesis());
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
