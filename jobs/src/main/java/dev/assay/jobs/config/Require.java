package dev.assay.jobs.config;

/** Bounds of single settings; what they throw names the key in the file. */
final class Require {
  private Require() {}

  static void atLeast(String key, long value, long least) {
    if (value < least) {
      throw new IllegalArgumentException(key + " is " + value + "; at least " + least);
    }
  }

  static void within(String key, double value, double least, double most) {
    if (!(value >= least && value <= most)) {
      throw new IllegalArgumentException(key + " is " + value + "; from " + least + " to " + most);
    }
  }

  static void present(String key, String value) {
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException(key + " is empty; give it a value");
    }
  }
}
