package dev.assay.report.bench;

import dev.assay.jobs.bundle.BundleFolder;
import dev.assay.jobs.tables.Warehouse;
import dev.assay.report.board.Board;
import dev.assay.report.board.BoardAssembly;
import dev.assay.report.board.BundleEvidence;
import dev.assay.report.board.SubnetState;
import dev.assay.report.board.TableRows;
import dev.assay.report.site.Site;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;

/**
 * How long a leaderboard takes, from tables and a bundle on disk to the last page.
 *
 * @param readSeconds for the tables
 * @param explainSeconds for the bundle, with every model's reasons
 * @param assembleSeconds for bounds, histories and ranks
 * @param writeSeconds for the pages and their JSON
 * @param seconds all of it
 */
public record SiteBench(
    int uids,
    int evaluations,
    int samples,
    double readSeconds,
    double explainSeconds,
    double assembleSeconds,
    double writeSeconds,
    double seconds,
    int files,
    long bytes,
    String page) {
  private static final String HUB = "https://huggingface.co";
  private static final double NANOSECONDS = 1e9;
  private static final long BLOCKS_AFTER = 60;

  /**
   * Fills tables in a folder, which is not measured, and makes the leaderboard.
   *
   * @param folder an empty one for tables and bundle
   * @param site where the pages go
   */
  public static SiteBench run(MadeUpSubnet subnet, Path folder, Path site) throws IOException {
    BundleFolder bundle = new BundleFolder(folder.resolve("bundles").resolve(subnet.latest()));
    subnet.write(bundle);
    try (Warehouse warehouse =
        Warehouse.open(folder.resolve("tables").toString(), new Configuration())) {
      subnet.fill(warehouse);
      long start = System.nanoTime();
      TableRows rows = TableRows.read(warehouse, 0, MadeUpSubnet.WINDOW);
      long read = System.nanoTime();
      Optional<BundleEvidence> evidence = Optional.of(BundleEvidence.of(bundle));
      long explained = System.nanoTime();
      Board board = BoardAssembly.of(rows, evidence, Optional.of(chain(subnet)), context(subnet));
      long assembled = System.nanoTime();
      Site.Written written = Site.write(board, HUB, site);
      long end = System.nanoTime();
      return new SiteBench(
          subnet.uids(),
          subnet.evaluations(),
          subnet.samples(),
          (read - start) / NANOSECONDS,
          (explained - read) / NANOSECONDS,
          (assembled - explained) / NANOSECONDS,
          (end - assembled) / NANOSECONDS,
          (end - start) / NANOSECONDS,
          written.files(),
          written.bytes(),
          written.page().toString());
    }
  }

  /**
   * The leaderboard itself, before it becomes pages.
   *
   * @param folder an empty one for tables and bundle
   */
  public static Board board(MadeUpSubnet subnet, Path folder) {
    BundleFolder bundle = new BundleFolder(folder.resolve("bundles").resolve(subnet.latest()));
    subnet.write(bundle);
    try (Warehouse warehouse =
        Warehouse.open(folder.resolve("tables").toString(), new Configuration())) {
      subnet.fill(warehouse);
      return BoardAssembly.of(
          TableRows.read(warehouse, 0, MadeUpSubnet.WINDOW),
          Optional.of(BundleEvidence.of(bundle)),
          Optional.of(chain(subnet)),
          context(subnet));
    }
  }

  private static BoardAssembly.Context context(MadeUpSubnet subnet) {
    return new BoardAssembly.Context(
        1,
        0,
        MadeUpSubnet.WINDOW,
        Optional.of(subnet.ours()),
        subnet.finishedAt().plusSeconds(3600),
        List.of("Everything here is made up, to measure how fast it is."));
  }

  /** As the chain would show it an hour later. */
  private static SubnetState chain(MadeUpSubnet subnet) {
    long block = subnet.block(subnet.evaluations() - 1) + BLOCKS_AFTER;
    List<SubnetState.Member> members = new ArrayList<>();
    Map<Integer, Map<Integer, Double>> weights = new TreeMap<>();
    for (int uid = 0; uid < subnet.uids(); uid++) {
      boolean isValidator = uid < subnet.validators();
      members.add(member(subnet, uid, isValidator));
      if (isValidator) {
        int first = subnet.validators();
        double share = 0.9 - 0.01 * uid;
        weights.put(uid, Map.of(first, share, first + 1, 1 - share));
      }
    }
    List<SubnetState.Committed> commitments =
        List.of(
            new SubnetState.Committed(
                subnet.uids() - 1,
                subnet.hotkey(subnet.uids() - 1),
                block - 5,
                Optional.of("<b>next</b>:model")));
    return new SubnetState(
        block, "0x" + "0".repeat(64), 360, 7_200, members, weights, commitments, Optional.empty());
  }

  private static SubnetState.Member member(MadeUpSubnet subnet, int uid, boolean isValidator) {
    double share = 1.0 / (uid + 2.0);
    long emission = Math.round(share * 1e11);
    return new SubnetState.Member(
        uid,
        subnet.hotkey(uid),
        uid % 16 == 9 ? MadeUpModels.hostile(uid) : "5Cold" + "%043d".formatted(uid),
        isValidator,
        true,
        isValidator ? Math.round(share * 1e15) : 0,
        emission,
        20 * emission,
        isValidator ? 0 : share,
        isValidator ? share : 0,
        share,
        share,
        uid * 3L,
        100 + 37L * uid,
        100 + 37L * uid + 7_200);
  }
}
