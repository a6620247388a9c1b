package dev.assay.jobs.evaluate;

import dev.assay.jobs.NotReadyException;
import dev.assay.model.hub.HubClient;
import dev.assay.score.weights.JudgedShare;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/**
 * What keeps models from being judged and is our own: the hub as a whole, a disk, executors, a
 * token. It may delay weights, and never decide them.
 */
final class OurSide {
  private final HubClient hub;
  private final String endpoint;
  private final double leastJudged;
  private final BooleanSupplier onlyOneHost;

  /**
   * @param endpoint as a message names it
   * @param leastJudged the share that must be judged, from 0 to 1
   * @param onlyOneHost whether all executors share one machine's disk
   */
  OurSide(HubClient hub, String endpoint, double leastJudged, BooleanSupplier onlyOneHost) {
    this.hub = hub;
    this.endpoint = endpoint;
    this.leastJudged = leastJudged;
    this.onlyOneHost = onlyOneHost;
  }

  /**
   * Takes note of a fault.
   *
   * @throws NotReadyException if no other model will fare better
   */
  void after(Fault fault) {
    if (fault.origin() == Origin.DISK && onlyOneHost.getAsBoolean()) {
      throw stopped(fault.reason());
    }
    if (fault.origin() == Origin.REPOSITORY) {
      outage()
          .ifPresent(
              reason -> {
                throw stopped("the hub %s does not answer: %s".formatted(endpoint, reason));
              });
    }
  }

  private Optional<String> outage() {
    try {
      return hub.outage();
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private static NotReadyException stopped(String reason) {
    return new NotReadyException(
        reason + "; the evaluation is not completed and no weights are set: mend it, run again");
  }

  /**
   * Refuses to score where too much could not be judged.
   *
   * @param carried what each hotkey was paid before; where nobody was, all models count alike
   * @throws NotReadyException saying what failed
   */
  void requireEnoughJudged(Map<String, Long> carried, List<Judgement> judgements) {
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
    double judged = JudgedShare.of(counted, ours.stream().map(OurSide::hotkey).toList());
    if (judged < leastJudged) {
      throw stopped(
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
