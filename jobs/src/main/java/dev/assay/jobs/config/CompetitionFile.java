package dev.assay.jobs.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.score.rules.Competition;
import dev.assay.score.rules.CompetitionSchedule;
import java.util.List;

/**
 * The shape of {@code competitions.yaml}.
 *
 * @param competitionOfOldCommitments where a commitment without a competition belongs
 * @param eras rules by the block they begin at, ascending from block 0
 */
record CompetitionFile(String competitionOfOldCommitments, List<Era> eras) implements Checked {
  /** Values that contradict no others. */
  static final JsonNode STAND_INS =
      StrictYaml.read(
          "stand-ins",
          """
          competition_of_old_commitments: unnamed
          eras:
            - from_block: 0
              competitions:
                - id: unnamed
                  families: [llama]
                  min_parameters: 0
                  max_parameters: 1000000000000000
                  max_size: 1B
                  tokenizer: byte
                  template: plain
                  sequence_length: 2
                  samples: 1
                  dtype: f32
                  norms: {soft: 1.0e-300, soft_share: 0, hard: 1.0e+300}
                  base: ""
                  reward_share: 1
                  policy: nous-0.2.7
          """);

  /** The rules that hold from a block until the next era's. */
  record Era(long fromBlock, List<CompetitionRules> competitions) implements Checked {
    @Override
    public void check() {
      phase();
    }

    CompetitionSchedule.Phase phase() {
      List<Competition> rules =
          competitions == null
              ? List.of()
              : competitions.stream().map(CompetitionRules::competition).toList();
      return new CompetitionSchedule.Phase(fromBlock, rules);
    }
  }

  @Override
  public void check() {
    settings();
  }

  /** The file that competitions would be read from. */
  static CompetitionFile of(CompetitionSettings settings) {
    return new CompetitionFile(
        settings.competitionOfOldCommitments(),
        settings.schedule().phases().stream()
            .map(
                phase ->
                    new Era(
                        phase.fromBlock(),
                        phase.competitions().stream().map(CompetitionRules::of).toList()))
            .toList());
  }

  /**
   * The schedule that the file stands for.
   *
   * @throws IllegalArgumentException naming the setting, its value and its limit
   */
  CompetitionSettings settings() {
    Require.present("competition_of_old_commitments", competitionOfOldCommitments);
    List<Era> listed = eras == null ? List.of() : eras;
    return new CompetitionSettings(
        competitionOfOldCommitments,
        new CompetitionSchedule(listed.stream().map(Era::phase).toList()));
  }
}
