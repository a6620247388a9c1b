package dev.assay.jobs.config;

/** A record that stands for something with limits of its own, which its keys alone don't show. */
interface Checked {
  /**
   * Looks at those limits.
   *
   * @throws IllegalArgumentException naming the setting, its value and its limit
   */
  void check();
}
