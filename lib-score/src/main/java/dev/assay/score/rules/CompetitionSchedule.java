package dev.assay.score.rules;

import dev.assay.score.Limits;
import dev.assay.score.statistics.Significance;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Which competitions are open at which block. A rule changes at a block, never at a release.
 *
 * @param phases in the order of their first blocks, the first at block 0
 */
public record CompetitionSchedule(List<Phase> phases) {
  /** How far the shares of one phase may be from 1 in sum: only what rounding explains. */
  private static final double SHARE_TOLERANCE = 1e-9;

  /**
   * The competitions that are open from one block on, until the next phase begins.
   *
   * @param fromBlock the first block of the phase
   * @param competitions the open competitions; their reward shares sum to 1
   */
  public record Phase(long fromBlock, List<Competition> competitions) {
    public Phase {
      Limits.atLeast("schedule.from_block", fromBlock, 0);
      competitions = List.copyOf(competitions);
      checkCompetitions("schedule from block " + fromBlock + ": ", competitions);
    }

    private static void checkCompetitions(String of, List<Competition> competitions) {
      if (competitions.isEmpty()) {
        throw new IllegalArgumentException(of + "competitions: is empty, must hold at least one");
      }
      Set<String> ids = new HashSet<>();
      double shares = 0;
      for (Competition competition : competitions) {
        if (!ids.add(competition.id())) {
          throw new IllegalArgumentException(
              of + "competition.id: " + competition.id() + " is there twice");
        }
        shares += competition.rewardShare();
      }
      if (Math.abs(shares - 1) > SHARE_TOLERANCE) {
        throw new IllegalArgumentException(
            of + "sum of reward_share: is " + shares + ", must be 1");
      }
    }
  }

  public CompetitionSchedule {
    phases = List.copyOf(phases);
    if (phases.isEmpty() || phases.get(0).fromBlock() != 0) {
      throw new IllegalArgumentException(
          "schedule: the first phase begins at "
              + (phases.isEmpty() ? "no block" : "block " + phases.get(0).fromBlock())
              + ", must begin at block 0");
    }
    for (int i = 1; i < phases.size(); i++) {
      if (phases.get(i).fromBlock() <= phases.get(i - 1).fromBlock()) {
        throw new IllegalArgumentException(
            "schedule.from_block: "
                + phases.get(i).fromBlock()
                + " follows "
                + phases.get(i - 1).fromBlock()
                + ", must be greater");
      }
    }
  }

  /** The competitions that are open at a block, in their configured order. */
  public List<Competition> at(long block) {
    Limits.atLeast("block", block, 0);
    List<Competition> open = phases.get(0).competitions();
    for (Phase phase : phases) {
      if (phase.fromBlock() <= block) {
        open = phase.competitions();
      }
    }
    return open;
  }

  /**
   * Whether a competition's losses, and what is added up of them, mean the same at two blocks: the
   * same tokenizer, template, sequence length, number format and clip.
   */
  public boolean isMeasuredAlike(String id, long previousBlock, long block) {
    Optional<List<Object>> before = find(previousBlock, id).map(CompetitionSchedule::measure);
    return before.isPresent() && before.equals(find(block, id).map(CompetitionSchedule::measure));
  }

  /** All that a loss, and what is added up of it, depends on. */
  private static List<Object> measure(Competition rules) {
    return List.of(
        rules.tokenizer(),
        rules.template(),
        rules.sequenceLength(),
        rules.dtype(),
        rules.policy().ranking().significance().map(Significance::clip));
  }

  /** The competition with this id if it is open at the block. */
  public Optional<Competition> find(long block, String id) {
    Objects.requireNonNull(id, "id");
    return at(block).stream().filter(competition -> competition.id().equals(id)).findFirst();
  }
}
