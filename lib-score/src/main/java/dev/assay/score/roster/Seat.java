package dev.assay.score.roster;

/** Why a model is on a window's roster; the first reason that holds. */
public enum Seat {
  /** The subnet is small enough to be evaluated whole. */
  WHOLE("all of a small subnet"),
  /** Its policy keeps it. */
  KEPT("kept"),
  /** It failed in the last evaluation through no fault of its miner. */
  EXCUSED("failed before without fault"),
  /** It was committed since the last evaluation. */
  NEW("new"),
  /** Consensus pays it, and this validator has no evaluation of its own yet. */
  PAID("paid by consensus"),
  /** It is one of the newest, and this validator has no evaluation of its own yet. */
  NEWEST("of the newest"),
  /** The window's seed has chosen it. */
  AGAIN("looked at again"),
  /** It holds the same content as another one on the roster. */
  SAME_CONTENT("of the same content");

  private final String text;

  Seat(String text) {
    this.text = text;
  }

  /** As a line of output says it, after a number. */
  public String text() {
    return text;
  }
}
