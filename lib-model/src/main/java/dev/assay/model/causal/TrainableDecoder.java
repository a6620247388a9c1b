package dev.assay.model.causal;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import dev.assay.model.architecture.ModelConfig;
import dev.assay.model.checkpoint.TensorEntry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * A model in memory that learns: a checkpoint's weights, trained themselves or through adapters
 * beside them. What is trained, its gradients and its moments are f32 in either precision; in bf16
 * the products are made of rounded copies. One thread at a time may use it.
 */
public final class TrainableDecoder implements AutoCloseable {

  /** What each trained parameter's state has: its values, and AdamW's two moments. */
  public enum State {
    VALUES(0),
    FIRST_MOMENT(1),
    SECOND_MOMENT(2);

    private final int number;

    State(int number) {
      this.number = number;
    }
  }

  private final DecoderProgram program;

  /** Whether some weight is a copy of what is trained, and must be made anew after each change. */
  private final boolean weightsAreCopies;

  /** The tensor whose values are kept; null where none is. */
  private String held;

  private TrainableDecoder(DecoderProgram program, boolean weightsAreCopies) {
    this.program = program;
    this.weightsAreCopies = weightsAreCopies;
  }

  /**
   * Copies a checkpoint into parameters that are all trained.
   *
   * @param options with a tuning that names no adapters
   */
  public static TrainableDecoder open(
      ModelConfig config, Map<String, TensorEntry> tensors, DecoderOptions options) {
    Architecture architecture = new Architecture(config);
    return open(
        DecoderProgram.load(architecture, tensors, options),
        options.precision() != Precision.F32 || !architecture.weightsAreViews(),
        (program, manager) ->
            program.callWithGradients("train_all", new NDList(manager.create(0f)), manager));
  }

  /**
   * Freezes a checkpoint's weights and trains low-rank adapters beside those that the options name.
   */
  public static TrainableDecoder openForAdapters(
      ModelConfig config,
      Map<String, TensorEntry> tensors,
      DecoderOptions options,
      int rank,
      long seed) {
    return open(
        DecoderProgram.load(new Architecture(config), tensors, options),
        false,
        (program, manager) -> {
          NDList choices = new NDList(manager.create(new long[] {rank, seed}));
          program.callWithGradients("train_adapters", choices, manager);
        });
  }

  private static TrainableDecoder open(
      DecoderProgram program,
      boolean weightsAreCopies,
      BiConsumer<DecoderProgram, NDManager> prepare) {
    try (NDManager manager = program.newManager()) {
      prepare.accept(program, manager);
      return new TrainableDecoder(program, weightsAreCopies);
    } catch (RuntimeException e) {
      program.close();
      throw e;
    }
  }

  /**
   * Adds the gradient of {@code share} times the sum of the batch's losses to the parameters'
   * gradients.
   *
   * @return the sum of the losses
   */
  public double accumulate(Batch batch, double share) {
    try (NDManager manager = program.newManager()) {
      NDList inputs = program.inputs(batch, manager);
      inputs.add(manager.create((float) share));
      return program.callWithGradients("accumulate", inputs, manager).toFloatArray()[0];
    }
  }

  /**
   * Takes one AdamW step and clears the gradients.
   *
   * @return the norm of the gradients before they were clipped
   */
  public double update(AdamW step) {
    if (held != null) {
      release();
    }
    try (NDManager manager = program.newManager();
        IValue result = program.result("update", IValue.listFrom(step.rates()))) {
      double norm = result.toTensor((PtNDManager) manager).toDoubleArray()[0];
      bindCopies();
      return norm;
    }
  }

  /**
   * The losses of a batch's counted tokens with the present values, as training computes them.
   *
   * @return −log p of each counted token, sample by sample
   */
  public float[] losses(Batch batch) {
    try (NDManager manager = program.newManager()) {
      IValue[] inputs =
          program.inputs(batch, manager).stream().map(DecoderProgram::value).toArray(IValue[]::new);
      return program.floats("losses", inputs);
    }
  }

  /**
   * A stretch of a checkpoint tensor's present values, adapters added, in row-major order. Reading
   * a tensor in one go is cheap: the one that was asked for last is kept, until {@link #release} or
   * an update.
   */
  public float[] values(String tensor, long offset, int size) {
    if (!tensor.equals(held)) {
      program.call("hold", IValue.from(tensor));
      held = tensor;
    }
    return program.floats("held", IValue.from(offset), IValue.from(size));
  }

  /**
   * The rank of the adapters beside a checkpoint tensor taken as one: their sum where the tensor
   * fuses several weights; 0 where there is none.
   */
  public int adapterRank(String tensor) {
    try (IValue result = program.result("joint_rank", IValue.from(tensor))) {
      return Math.toIntExact(result.toLong());
    }
  }

  /**
   * A stretch of the adapter beside a checkpoint tensor that is a linear weight W of shape
   * [outputs, inputs], as one whose W + scale · B A is what is trained; kept as {@link #values}
   * are.
   *
   * @param output whether of B, [outputs, rank], or else of A, [rank, inputs]
   */
  public float[] adapterValues(String tensor, boolean output, long offset, int size) {
    String key = tensor + (output ? " B" : " A");
    if (!key.equals(held)) {
      program.call("hold_adapter", IValue.from(tensor), IValue.from(output));
      held = key;
    }
    return program.floats("held", IValue.from(offset), IValue.from(size));
  }

  /** Gives back what {@link #values} keeps. */
  public void release() {
    held = null;
    program.call("release");
  }

  /** Elements of each trained parameter. */
  public long[] stateSizes() {
    try (IValue result = program.result("state_sizes")) {
      return result.toLongArray();
    }
  }

  /** A stretch of a trained parameter's state. */
  public float[] stateValues(State kind, int parameter, long offset, int size) {
    return program.floats(
        "state_values",
        IValue.from(kind.number),
        IValue.from(parameter),
        IValue.from(offset),
        IValue.from(size));
  }

  /**
   * Puts every trained parameter's state back from one file of f32 values: for each kind of state
   * all parameters, in their order.
   *
   * @param begin byte offset of the first value, a multiple of four
   * @param steps optimiser steps that led to the state
   */
  public void restoreState(Path file, long begin, int steps) throws IOException {
    String key = "state";
    program.map(key, file, Precision.F32.scalarType(), Precision.F32.bytes());
    long offset = begin / Precision.F32.bytes();
    long[] sizes = stateSizes();
    for (State kind : State.values()) {
      for (int parameter = 0; parameter < sizes.length; parameter++) {
        program.call(
            "restore",
            IValue.from(kind.number),
            IValue.from(parameter),
            IValue.from(key),
            IValue.from(offset),
            IValue.from(steps));
        offset += sizes[parameter];
      }
    }
    release();
    bindCopies();
  }

  private void bindCopies() {
    if (!weightsAreCopies) {
      return;
    }
    try (NDManager manager = program.newManager()) {
      program.callWithGradients("bind", new NDList(manager.create(0f)), manager);
    }
  }

  /** Gives back everything that is native. */
  @Override
  public void close() {
    program.close();
  }
}
