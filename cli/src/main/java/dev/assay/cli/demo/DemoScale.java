package dev.assay.cli.demo;

/**
 * How much work a demo does.
 *
 * @param baseSteps optimiser steps of the model that every miner starts from
 * @param minerSteps the smallest miner's fine-tuning; the largest takes twelve times as many
 * @param samples fresh samples that every model is judged on
 */
record DemoScale(int baseSteps, int minerSteps, int samples) {
  /** What a person watches. */
  static final DemoScale FULL = new DemoScale(60, 10, 200);

  /** What a test waits for. */
  static final DemoScale FAST = new DemoScale(30, 3, 64);
}
