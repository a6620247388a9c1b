package dev.assay.jobs.fanout;

import java.io.Serializable;

/** What became of one attempt of a unit. */
sealed interface Outcome<R extends Serializable> {
  /** How an attempt that ended so is called. */
  default String title() {
    if (this instanceof Answered<R> answered) {
      return answered.answer().isDeclined() ? "DECLINED" : "ANSWERED";
    }
    if (this instanceof Lost<R> lost) {
      return lost.wasSilent() ? "SILENT" : "LOST";
    }
    return this instanceof Late ? "LATE" : "THREW";
  }

  /** The task answered, or declined. */
  record Answered<R extends Serializable>(Answer<R> answer) implements Outcome<R> {}

  /** Its executor died by its own doing, or was silent for too long and is ended for that. */
  record Lost<R extends Serializable>(String executor, boolean wasSilent) implements Outcome<R> {}

  /** It was cancelled at its deadline. */
  record Late<R extends Serializable>() implements Outcome<R> {}

  /** It threw, or Spark could not run it. */
  record Threw<R extends Serializable>(String reason) implements Outcome<R> {}
}
