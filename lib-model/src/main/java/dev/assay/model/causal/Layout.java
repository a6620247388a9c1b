package dev.assay.model.causal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How linear weights lie in memory, and so which library multiplies them. */
public enum Layout {
  /** As in the checkpoint's files: for a GPU, for training, and where nothing better is there. */
  PLAIN("cpu"),
  /** Copied once into the layout of oneDNN. */
  ONEDNN("onednn"),
  /** Copied once into the layout of Intel's MKL; f32 only. */
  MKL("mkl");

  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

  private final String title;

  Layout(String title) {
    this.title = title;
  }

  /** Its part of a kernel's name. */
  public String title() {
    return title;
  }

  /**
   * What is fastest on this machine's processor: MKL is on Intel's own and in f32, where it needs a
   * sixth less time than oneDNN; on AMD's it takes twice as long.
   */
  public static Layout fastest(Precision precision) {
    return precision == Precision.F32 && isIntel() ? MKL : ONEDNN;
  }

  private static boolean isIntel() {
    try {
      return Files.exists(PROCESSORS) && Files.readString(PROCESSORS).contains("GenuineIntel");
    } catch (IOException e) {
      return false;
    }
  }
}
