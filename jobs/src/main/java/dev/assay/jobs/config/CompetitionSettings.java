package dev.assay.jobs.config;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The competitions, era by era.
 *
 * @param competitionOfOldCommitments where a commitment without a competition belongs
 * @param eras rules by the block they begin at, ascending
 */
public record CompetitionSettings(String competitionOfOldCommitments, List<Era> eras) {

  /** The rules that hold from a block until the next era's. */
  public record Era(long fromBlock, List<CompetitionRules> competitions) {
    public Era {
      Require.atLeast("eras.from_block", fromBlock, 0);
      competitions = competitions == null ? List.of() : List.copyOf(competitions);
      Set<String> ids = new HashSet<>();
      double shares = 0;
      for (CompetitionRules rules : competitions) {
        shares += rules.rewardShare();
        if (!ids.add(rules.id())) {
          throw new IllegalArgumentException(
              "eras.competitions: the id " + rules.id() + " stands twice from block " + fromBlock);
        }
      }
      if (!(Math.abs(shares - 1) < 1e-9)) {
        throw new IllegalArgumentException(
            "eras.competitions: the reward shares from block "
                + fromBlock
                + " sum to "
                + shares
                + "; they sum to 1");
      }
    }
  }

  public CompetitionSettings {
    Require.present("competition_of_old_commitments", competitionOfOldCommitments);
    if (eras == null || eras.isEmpty()) {
      throw new IllegalArgumentException("eras is empty; name at least one");
    }
    eras = eras.stream().sorted(Comparator.comparingLong(Era::fromBlock)).toList();
  }

  /** The competitions that hold at a block; none before the first era. */
  public List<CompetitionRules> at(long block) {
    return eras.stream()
        .filter(era -> era.fromBlock() <= block)
        .reduce((earlier, later) -> later)
        .map(Era::competitions)
        .orElse(List.of());
  }

  /** The rules of one competition at a block. */
  public Optional<CompetitionRules> at(long block, String id) {
    return at(block).stream().filter(rules -> rules.id().equals(id)).findFirst();
  }
}
