package dev.assay.model.causal;

import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.IValue;
import dev.assay.model.architecture.ModelConfig;
import dev.assay.model.checkpoint.TensorEntry;
import java.util.Map;

/**
 * A model in memory that computes losses: weights mapped from a checkpoint's files, or laid out
 * anew for oneDNN when the first losses are asked for. One thread at a time may use it.
 */
public final class Decoder implements AutoCloseable {
  private static final double NANOSECONDS = 1e9;

  private final DecoderProgram program;
  private final Layout layout;

  /** Whether weights are to be laid out anew before they are first used. */
  private boolean packingIsDue;

  private Decoder(DecoderProgram program, Layout layout) {
    this.program = program;
    this.layout = layout;
    this.packingIsDue = layout != Layout.PLAIN;
  }

  /**
   * Maps a checkpoint.
   *
   * @param tensors where each tensor of the configuration lies, by name; already verified
   */
  public static Decoder open(
      ModelConfig config, Map<String, TensorEntry> tensors, DecoderOptions options) {
    DecoderProgram program = DecoderProgram.load(new Architecture(config), tensors, options);
    try {
      return new Decoder(program, ready(program, options));
    } catch (RuntimeException e) {
      program.close();
      throw e;
    }
  }

  /** Makes the weights, unless they are to be laid out anew; how they will lie. */
  private static Layout ready(DecoderProgram program, DecoderOptions options) {
    if (options.layout() != Layout.PLAIN && canPack(program)) {
      return options.layout();
    }
    bind(program);
    return Layout.PLAIN;
  }

  private static boolean canPack(DecoderProgram program) {
    try (IValue packed = program.result("can_pack")) {
      return packed.toBoolean();
    }
  }

  private static void bind(DecoderProgram program) {
    try (NDManager manager = program.newManager()) {
      program.call("bind", DecoderProgram.value(manager.create(0f)));
    }
  }

  /**
   * The losses of a batch's counted tokens.
   *
   * @return −log p of each counted token, sample by sample
   */
  public float[] losses(Batch batch) {
    if (packingIsDue) {
      bind(program);
      packingIsDue = false;
    }
    try (NDManager manager = program.newManager()) {
      IValue[] inputs =
          program.inputs(batch, manager).stream().map(DecoderProgram::value).toArray(IValue[]::new);
      return program.floats("losses", inputs);
    }
  }

  /** How linear weights lie: as asked for, or plain where the processor cannot multiply them so. */
  public Layout layout() {
    return layout;
  }

  /** Seconds that one plain product of two square matrices takes in the decoder's precision. */
  public double secondsOfProduct(int size) {
    long begin = System.nanoTime();
    program.call("multiply", IValue.from(size));
    return (System.nanoTime() - begin) / NANOSECONDS;
  }

  /** Gives back everything that is native. */
  @Override
  public void close() {
    program.close();
  }
}
