package dev.assay.report.board;

import dev.assay.report.yuma.YumaReport;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A subnet as the chain shows it at one block.
 *
 * @param tempo blocks between two epochs
 * @param immunity blocks for which a new UID can't be replaced
 * @param members by UID
 * @param weights by the UID that set them: shares by UID
 * @param epoch the next one as it stands and with the latest evaluation's weights set; empty where
 *     it can't be computed
 */
public record SubnetState(
    long block,
    String blockHash,
    long tempo,
    long immunity,
    List<Member> members,
    Map<Integer, Map<Integer, Double>> weights,
    List<Committed> commitments,
    Optional<YumaReport> epoch) {
  public SubnetState {
    members = List.copyOf(members);
    weights = Map.copyOf(weights);
    commitments = List.copyOf(commitments);
  }

  /**
   * One UID's holder.
   *
   * @param stake what counts for its weight, in rao
   * @param emission of the last epoch, in rao
   * @param dailyReward the same a day, in rao, at 12 seconds a block
   * @param incentive shares of 1, as {@code dividends} to {@code trust} are
   * @param updated blocks since its last weights
   * @param immuneUntil the block until which its UID can't be replaced
   */
  public record Member(
      int uid,
      String hotkey,
      String coldkey,
      boolean permit,
      boolean active,
      long stake,
      long emission,
      long dailyReward,
      double incentive,
      double dividends,
      double consensus,
      double trust,
      long updated,
      long registeredBlock,
      long immuneUntil) {}

  /** What a hotkey has committed; text where it is any. */
  public record Committed(int uid, String hotkey, long block, Optional<String> text) {}
}
