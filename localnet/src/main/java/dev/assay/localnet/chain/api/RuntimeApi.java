package dev.assay.localnet.chain.api;

import dev.assay.chain.hash.Blake2;
import dev.assay.chain.scale.ScaleReader;
import dev.assay.chain.scale.ScaleWriter;
import dev.assay.localnet.chain.metadata.Field;
import dev.assay.localnet.chain.metadata.Shape;
import dev.assay.localnet.chain.pallet.Arguments;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A group of functions that clients call by {@code state_call}. */
public record RuntimeApi(String name, int version, List<Method<?>> methods) {

  /** What a function answers. */
  @FunctionalInterface
  public interface Body<T> {
    /** Computes the answer from the state that it is asked at. */
    T answer(ApiContext context, Arguments arguments);
  }

  /** One function. */
  public record Method<T>(String name, List<Field<?>> inputs, Shape<T> output, Body<T> body) {

    /**
     * Reads the arguments and encodes the answer.
     *
     * @throws dev.assay.chain.scale.ScaleException when the input isn't the arguments
     */
    public byte[] call(ApiContext context, byte[] input) {
      ScaleReader in = new ScaleReader(input);
      List<Object> values = new ArrayList<>();
      for (Field<?> field : inputs) {
        values.add(field.shape().decoder().apply(in));
      }
      in.end();
      ScaleWriter out = new ScaleWriter();
      output.encoder().accept(out, body.answer(context, new Arguments(inputs, values)));
      return out.toByteArray();
    }
  }

  /** A function. */
  public static <T> Method<T> method(
      String name, Shape<T> output, Body<T> body, Field<?>... inputs) {
    return new Method<>(name, List.of(inputs), output, body);
  }

  /** How the runtime version names the group. */
  public byte[] id() {
    return Blake2.blake2b64(name.getBytes(StandardCharsets.UTF_8));
  }
}
