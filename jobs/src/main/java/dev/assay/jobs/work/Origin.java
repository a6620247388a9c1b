package dev.assay.jobs.work;

/** Where a fault comes from, as far as can be told where it shows. */
public enum Origin {
  /** What the miner has committed or published, or the window's own rules. */
  MODEL,
  /** One repository does not come; whether that is the hub, others tell. */
  REPOSITORY,
  /** The model ran, and its executor died, failed or took too long. */
  RUN,
  /** A disk of ours. */
  DISK,
  /** One node's memory or device. */
  NODE,
  /** An executor is refused what the driver may read. */
  TOKEN
}
