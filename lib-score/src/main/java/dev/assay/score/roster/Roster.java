package dev.assay.score.roster;

import dev.assay.score.entry.Registration;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The models that one window evaluates, and why. A pure function of what the chain shows and of
 * what the validator's last evaluation left. Which of the rest are looked at again depends on the
 * chain alone, model by model, so that validators of different pasts meet on the same ones.
 *
 * @param seats by registration; a model without a seat is left out
 */
public record Roster(Map<Registration, Seat> seats) {
  public Roster {
    seats = Map.copyOf(seats);
  }

  /**
   * Chooses.
   *
   * @param seed hash of the window's first block: nobody knows it when models are committed
   * @param contenders all that could be evaluated, each registration once
   */
  public static Roster of(RosterRules rules, byte[] seed, List<Contender> contenders) {
    Map<Registration, Seat> seats = new LinkedHashMap<>();
    if (contenders.size() <= rules.wholeUpTo()) {
      contenders.forEach(each -> seats.put(each.registration(), Seat.WHOLE));
      return new Roster(seats);
    }
    boolean first = contenders.stream().allMatch(each -> each.past() == Past.NONE);
    if (first) {
      seatFirst(rules, contenders, seats);
    } else {
      contenders.forEach(each -> seatByPast(each, seats));
    }
    contenders.stream()
        .filter(each -> isDrawn(seed, each, rules.againEvery()))
        .forEach(each -> seats.putIfAbsent(each.registration(), Seat.AGAIN));
    seatSameContent(contenders, seats);
    return new Roster(seats);
  }

  /** Whether a registration's model is evaluated. */
  public boolean has(Registration registration) {
    return seats.containsKey(registration);
  }

  /** How many have a seat for a reason. */
  public long count(Seat seat) {
    return seats.values().stream().filter(each -> each == seat).count();
  }

  private static void seatFirst(
      RosterRules rules, List<Contender> contenders, Map<Registration, Seat> seats) {
    contenders.stream()
        .filter(each -> each.paid() > 0)
        .forEach(each -> seats.put(each.registration(), Seat.PAID));
    contenders.stream()
        .filter(each -> each.paid() == 0)
        .sorted(
            Comparator.comparingLong(Contender::block)
                .reversed()
                .thenComparing(each -> each.registration().uid()))
        .limit(rules.first())
        .forEach(each -> seats.put(each.registration(), Seat.NEWEST));
  }

  private static void seatByPast(Contender contender, Map<Registration, Seat> seats) {
    switch (contender.past()) {
      case NONE -> seats.put(contender.registration(), Seat.NEW);
      case KEPT -> seats.put(contender.registration(), Seat.KEPT);
      case EXCUSED -> seats.put(contender.registration(), Seat.EXCUSED);
      case SETTLED -> {
        // Its turn comes by the seed.
      }
    }
  }

  /** Else a copy would be judged without its original beside it, and pass for one. */
  private static void seatSameContent(List<Contender> contenders, Map<Registration, Seat> seats) {
    Set<String> contents = new HashSet<>();
    contenders.stream()
        .filter(each -> seats.containsKey(each.registration()))
        .forEach(each -> contents.add(each.content()));
    contenders.stream()
        .filter(each -> contents.contains(each.content()))
        .forEach(each -> seats.putIfAbsent(each.registration(), Seat.SAME_CONTENT));
  }

  /** By SHA-256(seed ‖ "roster" ‖ 0x00 ‖ hotkey ‖ "@" ‖ block), whoever else is there. */
  private static boolean isDrawn(byte[] seed, Contender contender, int againEvery) {
    MessageDigest sha256 = sha256();
    sha256.update(seed);
    sha256.update("roster".getBytes(StandardCharsets.UTF_8));
    sha256.update((byte) 0);
    String model = contender.registration().hotkey() + "@" + contender.block();
    byte[] hash = sha256.digest(model.getBytes(StandardCharsets.UTF_8));
    return Long.remainderUnsigned(ByteBuffer.wrap(hash).getLong(), againEvery) == 0;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
