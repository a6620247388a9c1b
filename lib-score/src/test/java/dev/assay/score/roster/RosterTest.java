package dev.assay.score.roster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.score.entry.Registration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RosterTest {
  private static final RosterRules RULES = new RosterRules(4, 8, 3);

  private static byte[] seed(int window) {
    byte[] seed = new byte[32];
    seed[0] = (byte) window;
    seed[1] = (byte) (window >> 8);
    return seed;
  }

  private static Registration miner(int uid) {
    return new Registration(uid, "miner" + uid, 1);
  }

  private static Contender contender(int uid, long paid, Past past) {
    return new Contender(miner(uid), 100 + uid, "content" + uid, paid, past);
  }

  private static List<Contender> settled(int count) {
    List<Contender> contenders = new ArrayList<>();
    for (int uid = 1; uid <= count; uid++) {
      contenders.add(contender(uid, 0, Past.SETTLED));
    }
    return contenders;
  }

  @Test
  void aSmallSubnetIsEvaluatedWhole() {
    Roster roster = Roster.of(RULES, seed(1), settled(4));

    assertThat(roster.seats()).hasSize(4);
    assertThat(roster.count(Seat.WHOLE)).isEqualTo(4);
  }

  @Test
  void ofALargerOneNewKeptAndExcusedModelsAreEvaluatedInEveryWindow() {
    List<Contender> contenders = settled(40);
    contenders.set(4, contender(5, 0, Past.KEPT));
    contenders.set(5, contender(6, 0, Past.EXCUSED));
    contenders.set(6, contender(7, 0, Past.NONE));

    for (int window = 0; window < 50; window++) {
      assertThat(Roster.of(RULES, seed(window), contenders).seats())
          .containsEntry(miner(5), Seat.KEPT)
          .containsEntry(miner(6), Seat.EXCUSED)
          .containsEntry(miner(7), Seat.NEW);
    }
  }

  @Test
  void theSeedLooksAtOneInSoManyOfTheRestAgain() {
    List<Contender> contenders = settled(200);
    int windows = 80;
    long seats = 0;
    for (int window = 0; window < windows; window++) {
      seats += Roster.of(RULES, seed(window), contenders).count(Seat.AGAIN);
    }

    // 2000 are expected; by chance within 4 times the standard deviation of 42.
    assertThat(seats).isBetween(1_832L, 2_168L);
  }

  @Test
  void whetherAModelIsLookedAtAgainDependsOnNoOther() {
    List<Contender> many = settled(60);
    List<Contender> few = many.subList(10, 40);
    for (int window = 0; window < 20; window++) {
      Map<Registration, Seat> ofFew = Roster.of(RULES, seed(window), few).seats();
      Map<Registration, Seat> ofMany = Roster.of(RULES, seed(window), many).seats();
      assertThat(few)
          .allMatch(
              each ->
                  ofFew.containsKey(each.registration())
                      == ofMany.containsKey(each.registration()));
    }
  }

  @Test
  void aFirstEvaluationTakesWhatConsensusPaysThenTheNewest() {
    List<Contender> contenders = new ArrayList<>();
    for (int uid = 1; uid <= 40; uid++) {
      contenders.add(contender(uid, uid == 2 || uid == 9 ? 5 : 0, Past.NONE));
    }

    Roster roster = Roster.of(RULES, seed(1), contenders);

    assertThat(roster.seats())
        .containsEntry(miner(2), Seat.PAID)
        .containsEntry(miner(9), Seat.PAID)
        .containsEntry(miner(40), Seat.NEWEST)
        .containsEntry(miner(39), Seat.NEWEST)
        .containsEntry(miner(38), Seat.NEWEST);
    assertThat(roster.count(Seat.NEWEST)).isEqualTo(3);
    assertThat(roster.count(Seat.NEW)).isZero();
  }

  @Test
  void aCopyBringsItsOriginalAlong() {
    List<Contender> contenders = settled(40);
    Contender copy = new Contender(miner(50), 500, "content3", 0, Past.NONE);
    contenders.add(copy);

    Roster roster = Roster.of(new RosterRules(4, 10_000, 3), seed(1), contenders);

    assertThat(roster.seats())
        .containsEntry(miner(50), Seat.NEW)
        .containsEntry(miner(3), Seat.SAME_CONTENT);
  }
}
