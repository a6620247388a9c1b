package dev.assay.cli.terminal;

import java.io.Console;
import java.util.Optional;

/** The terminal that a person can be asked at. */
public final class Keyboard {
  private Keyboard() {}

  /** Empty where input or output is not a terminal's; later JDKs then offer a pipe's lines. */
  @SuppressWarnings("SystemConsoleNull")
  public static Optional<Console> found() {
    return Optional.ofNullable(System.console());
  }
}
