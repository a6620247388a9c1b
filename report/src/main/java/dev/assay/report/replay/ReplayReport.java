package dev.assay.report.replay;

import dev.assay.jobs.bundle.BundleFolder;
import dev.assay.jobs.bundle.BundleVoucher;
import dev.assay.jobs.replay.LossReplay;
import java.util.List;
import java.util.Map;

/**
 * What a replay found.
 *
 * @param same whether everything that was looked at is as recorded, and every signature good
 * @param genesis hash of the block 0 of the evaluation's chain; null where the bundle does not say
 * @param damaged files that are missing or differ from the manifest
 * @param vouchers the validators that signed the bundle; empty if none did
 * @param difference the first line or loss that differs; null where none does
 * @param losses how many were computed again
 * @param largest difference of these, as a share of a loss
 * @param seed of their choice
 */
public record ReplayReport(
    boolean same,
    String genesis,
    String netuid,
    List<String> damaged,
    List<BundleVoucher> vouchers,
    String difference,
    int losses,
    double largest,
    long seed) {
  public static ReplayReport of(
      BundleFolder folder, List<String> damaged, LossReplay.Result found, long seed) {
    Map<String, String> facts = folder.manifest().facts();
    List<BundleVoucher> vouchers = folder.vouchers();
    boolean signed = vouchers.stream().allMatch(voucher -> voucher.problem().isEmpty());
    return new ReplayReport(
        signed && damaged.isEmpty() && found.difference().isEmpty(),
        facts.get("genesis"),
        facts.get("netuid"),
        damaged,
        vouchers,
        found.difference().orElse(null),
        found.computed(),
        found.largest(),
        seed);
  }
}
