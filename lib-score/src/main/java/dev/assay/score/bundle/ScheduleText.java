package dev.assay.score.bundle;

import dev.assay.score.rules.Competition;
import dev.assay.score.rules.CompetitionSchedule;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The rules of all competitions as bytes: equal rules give equal bytes. */
public final class ScheduleText {
  private static final String NONE = "-";

  private ScheduleText() {}

  /** A schedule, every rule and every switch of a policy in its place. */
  public static byte[] write(CompetitionSchedule schedule) {
    Lines lines = new Lines();
    for (CompetitionSchedule.Phase phase : schedule.phases()) {
      lines.add("from_block", phase.fromBlock());
      phase.competitions().forEach(competition -> write(lines, competition));
    }
    return lines.toBytes();
  }

  private static void write(Lines lines, Competition competition) {
    lines
        .add("competition", competition.id())
        .add("families", competition.families().toArray())
        .add("parameters", competition.minParameters(), competition.maxParameters())
        .add("max_bytes", competition.maxBytes())
        .add("tokenizer", competition.tokenizer())
        .add("template", competition.template())
        .add("sequence_length", competition.sequenceLength())
        .add("samples", competition.samples())
        .add("reward_share", competition.rewardShare())
        .add("dtype", competition.dtype().toUpperCase(Locale.ROOT))
        .add("norms", norms(competition).toArray())
        .add("base", competition.base().map(base -> "=" + base).orElse(NONE));
    PolicyText.write(lines, competition.policy());
  }

  private static List<Object> norms(Competition competition) {
    List<Object> norms = new ArrayList<>();
    competition
        .norms()
        .ifPresent(
            limits -> norms.addAll(List.of(limits.soft(), limits.softShare(), limits.hard())));
    return norms;
  }
}
