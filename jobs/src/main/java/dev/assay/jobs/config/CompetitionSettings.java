package dev.assay.jobs.config;

import dev.assay.score.rules.CompetitionSchedule;

/**
 * The competitions, and where commitments belong that name none.
 *
 * @param competitionOfOldCommitments id of the competition of commitments with four fields
 * @param schedule rules by block
 */
public record CompetitionSettings(
    String competitionOfOldCommitments, CompetitionSchedule schedule) {}
