package dev.assay.model.causal;

import ai.djl.pytorch.jni.IValue;
import dev.assay.model.checkpoint.TensorEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A call of one of the decoder program's methods, as values that need no engine.
 *
 * @param arguments texts, integers, numbers, truth values and lists of integers
 */
record ProgramCall(String method, List<Object> arguments) {
  ProgramCall {
    arguments = List.copyOf(arguments);
  }

  /** Maps a whole file as elements of one type under a key. */
  static ProgramCall map(String key, Path file, int scalarType, int elementBytes)
      throws IOException {
    return new ProgramCall(
        "map", List.of(key, file.toString(), Files.size(file) / elementBytes, (long) scalarType));
  }

  /**
   * Tells the program where each tensor lies and what is made of it.
   *
   * @throws IllegalArgumentException if a tensor that the architecture needs is missing
   */
  static List<ProgramCall> mapping(Architecture architecture, Map<String, TensorEntry> tensors)
      throws IOException {
    List<ProgramCall> calls = new ArrayList<>();
    Set<String> files = new HashSet<>();
    Set<String> sources = new HashSet<>();
    for (Recipe recipe : architecture.recipes()) {
      TensorEntry tensor = tensors.get(recipe.tensor());
      if (tensor == null) {
        throw new IllegalArgumentException("the checkpoint has no tensor " + recipe.tensor());
      }
      String key = tensor.dtype() + ":" + tensor.file();
      if (files.add(key)) {
        calls.add(map(key, tensor.file(), ScalarTypes.of(tensor.dtype()), tensor.dtype().bytes()));
      }
      if (sources.add(tensor.name())) {
        long first = tensor.offset() / tensor.dtype().bytes();
        calls.add(new ProgramCall("place", List.of(tensor.name(), key, first, tensor.elements())));
      }
      calls.add(use(recipe));
    }
    return calls;
  }

  private static ProgramCall use(Recipe recipe) {
    return new ProgramCall(
        "use",
        List.of(
            (long) recipe.layer(),
            recipe.role(),
            recipe.tensor(),
            recipe.shape(),
            recipe.transposed(),
            recipe.rows(),
            recipe.group(),
            recipe.halves(),
            recipe.plus(),
            recipe.f32()));
  }

  /** The arguments as the engine takes them; whoever calls closes them. */
  IValue[] values() {
    return arguments.stream().map(ProgramCall::value).toArray(IValue[]::new);
  }

  private static IValue value(Object argument) {
    if (argument instanceof String text) {
      return IValue.from(text);
    }
    if (argument instanceof Long integer) {
      return IValue.from(integer);
    }
    if (argument instanceof Double number) {
      return IValue.from(number);
    }
    if (argument instanceof Boolean truth) {
      return IValue.from(truth);
    }
    List<?> integers = (List<?>) argument;
    return IValue.listFrom(integers.stream().mapToLong(Long.class::cast).toArray());
  }
}
