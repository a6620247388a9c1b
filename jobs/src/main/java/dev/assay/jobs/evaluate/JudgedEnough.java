package dev.assay.jobs.evaluate;

import dev.assay.jobs.NotReadyException;
import dev.assay.jobs.candidates.OutageWatch;
import dev.assay.jobs.work.Origin;
import dev.assay.score.weights.JudgedShare;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Whether enough could be judged for weights to be set: what keeps models from it and is our own
 * may delay weights, and never decide them.
 *
 * @param leastJudged the share that must be judged, from 0 to 1
 */
record JudgedEnough(double leastJudged) {

  /**
   * Refuses to score where too much could not be judged.
   *
   * @param carried what each hotkey was paid before; if none was, all models count alike
   * @throws NotReadyException saying what failed
   */
  void require(Map<String, Long> carried, List<Judgement> judgements) {
    List<Judgement> ours = unjudged(judgements);
    Map<String, Long> counted = carried;
    if (carried.values().stream().allMatch(weight -> weight == 0)) {
      counted = new TreeMap<>();
      for (Judgement judgement : judgements) {
        if (judgement.fault().isEmpty() || ours.contains(judgement)) {
          counted.put(hotkey(judgement), 1L);
        }
      }
    }
    double judged = JudgedShare.of(counted, ours.stream().map(JudgedEnough::hotkey).toList());
    if (judged < leastJudged) {
      throw OutageWatch.stopped(
          String.format(
              Locale.ROOT,
              "models that carry %.2f %% of what is paid could not be judged, at most %.2f %% may"
                  + " be missing (evaluation.least_judged): %s",
              100 * (1 - judged),
              100 * (1 - leastJudged),
              named(ours)));
    }
  }

  private static String named(List<Judgement> ours) {
    int most = 3;
    List<String> texts = new ArrayList<>();
    for (Judgement judgement : ours.subList(0, Math.min(most, ours.size()))) {
      texts.add(judgement.candidate().label() + ": " + judgement.fault().orElseThrow().reason());
    }
    if (ours.size() > most) {
      texts.add("and %d more".formatted(ours.size() - most));
    }
    return String.join("; ", texts);
  }

  /** Judgements whose faults are our own side's, seen beside all the others. */
  static List<Judgement> unjudged(List<Judgement> judgements) {
    boolean loads = judgements.stream().anyMatch(judgement -> judgement.digest().isPresent());
    long died = judgements.stream().filter(judgement -> isOf(judgement, Origin.RUN)).count();
    long ran = judgements.stream().filter(judgement -> judgement.fault().isEmpty()).count();
    return judgements.stream()
        .filter(judgement -> judgement.fault().isPresent())
        .filter(
            judgement ->
                switch (judgement.fault().get().origin()) {
                  case DISK, NODE, TOKEN -> true;
                  // Alone it delays its own model; together they are the network's fault.
                  case REPOSITORY -> !loads;
                  case RUN -> died > ran;
                  case MODEL -> false;
                })
        .toList();
  }

  private static boolean isOf(Judgement judgement, Origin origin) {
    return judgement.fault().filter(fault -> fault.origin() == origin).isPresent();
  }

  private static String hotkey(Judgement judgement) {
    return judgement.candidate().commitment().hotkey();
  }
}
