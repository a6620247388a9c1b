package dev.assay.jobs.judge;

import dev.assay.jobs.work.Fault;

/** Ends the evaluation of one model with a fault. */
final class FaultException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Fault fault;

  FaultException(Fault fault) {
    super(fault.reason());
    this.fault = fault;
  }

  Fault fault() {
    return fault;
  }
}
