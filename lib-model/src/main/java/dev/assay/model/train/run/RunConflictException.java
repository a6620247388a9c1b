package dev.assay.model.train.run;

import java.io.IOException;

/** A training run cannot have the folder that it was given. */
public final class RunConflictException extends IOException {
  RunConflictException(String message) {
    super(message);
  }
}
