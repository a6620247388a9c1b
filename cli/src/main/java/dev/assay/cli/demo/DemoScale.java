package dev.assay.cli.demo;

/**
 * How much work a demo does, in optimiser steps.
 *
 * @param base training of the model that every miner starts from
 * @param unit the smallest miner's fine-tuning; the largest takes twelve times as many
 */
record DemoScale(int base, int unit) {
  /** What a person watches. */
  static final DemoScale FULL = new DemoScale(60, 10);

  /** What a test waits for. */
  static final DemoScale FAST = new DemoScale(30, 3);
}
