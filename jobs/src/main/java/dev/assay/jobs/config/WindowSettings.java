package dev.assay.jobs.config;

/**
 * How time is cut into windows.
 *
 * @param blocks length of a window, which is also the span before it that its samples come from
 */
public record WindowSettings(int blocks) {
  public WindowSettings {
    Require.atLeast("window.blocks", blocks, 1);
  }
}
