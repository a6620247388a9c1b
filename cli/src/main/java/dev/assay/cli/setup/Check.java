package dev.assay.cli.setup;

/**
 * What a check of the doctor found.
 *
 * @param name of what was checked
 * @param state OK, WARNING (works, but should be looked at), FAILED, or SKIPPED
 * @param found the thing and its value
 * @param fix the next step; empty where none is needed
 */
record Check(String name, State state, String found, String fix) {
  enum State {
    OK,
    WARNING,
    FAILED,
    SKIPPED
  }

  static Check ok(String name, String found) {
    return new Check(name, State.OK, found, "");
  }

  static Check warning(String name, String found, String fix) {
    return new Check(name, State.WARNING, found, fix);
  }

  static Check failed(String name, String found, String fix) {
    return new Check(name, State.FAILED, found, fix);
  }

  static Check skipped(String name, String why) {
    return new Check(name, State.SKIPPED, why, "");
  }
}
