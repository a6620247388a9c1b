package dev.assay.score.bundle;

import dev.assay.score.entry.Registration;
import dev.assay.score.statistics.Evidence;
import dev.assay.score.weights.Standing;
import dev.assay.score.weights.Standings;
import java.util.ArrayList;
import java.util.List;

/** The state between evaluations as bytes: for bundles and for a restart. */
public final class StandingsText {
  private static final String HEADER = "assay-standings";
  private static final long VERSION = 1;

  private StandingsText() {}

  /** The standings as bytes; equal standings give equal bytes. */
  public static byte[] write(Standings standings) {
    Lines lines = new Lines().add(HEADER, VERSION);
    write(lines, standings);
    return lines.toBytes();
  }

  /**
   * The standings that were written.
   *
   * @throws IllegalArgumentException if the bytes are not standings; the message names the line
   */
  public static Standings read(byte[] bytes) {
    LineReader in = new LineReader(bytes);
    Versions.check(in, HEADER, VERSION);
    Standings standings = read(in);
    in.end();
    return standings;
  }

  static void write(Lines lines, Standings standings) {
    for (Standing standing : standings.standings()) {
      Registration registration = standing.registration();
      lines.add(
          "standing",
          standing.competition(),
          registration.uid(),
          registration.hotkey(),
          registration.block(),
          standing.weight(),
          standing.missed());
    }
    for (Evidence pair : standings.evidence()) {
      lines.add(
          "evidence",
          pair.competition(),
          pair.earlier(),
          pair.later(),
          pair.window(),
          pair.clusters(),
          pair.n(),
          pair.y(),
          pair.z(),
          pair.yy(),
          pair.yz(),
          pair.zz(),
          pair.yn(),
          pair.zn(),
          pair.nn(),
          pair.laterLeads());
    }
  }

  static Standings read(LineReader in) {
    List<Standing> standings = new ArrayList<>();
    while (in.isNext("standing")) {
      String competition = in.expect("standing").text();
      Registration registration = new Registration(in.smallInteger(), in.text(), in.integer());
      standings.add(new Standing(registration, competition, in.number(), in.smallInteger()));
      in.endLine();
    }
    List<Evidence> evidence = new ArrayList<>();
    while (in.isNext("evidence")) {
      evidence.add(
          new Evidence(
              in.expect("evidence").text(),
              in.text(),
              in.text(),
              in.integer(),
              in.number(),
              in.number(),
              in.number(),
              in.number(),
              in.number(),
              in.number(),
              in.number(),
              in.number(),
              in.number(),
              in.number(),
              in.truth()));
      in.endLine();
    }
    return new Standings(standings, evidence);
  }
}
