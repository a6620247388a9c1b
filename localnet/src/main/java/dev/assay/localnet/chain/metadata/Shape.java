package dev.assay.localnet.chain.metadata;

import dev.assay.chain.scale.ScaleException;
import dev.assay.chain.scale.ScaleReader;
import dev.assay.chain.scale.ScaleWriter;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * A SCALE type that is described in the metadata and executed with one and the same declaration, so
 * that the two can't part.
 *
 * @param type how the metadata describes it
 * @param minimumSize the fewest bytes that a value takes; bounds what a hostile length can claim
 * @param encoder writes a value
 * @param decoder reads a value
 */
public record Shape<T>(
    TypeNode type,
    int minimumSize,
    BiConsumer<ScaleWriter, T> encoder,
    Function<ScaleReader, T> decoder) {

  /** The value's bytes. */
  public byte[] encode(T value) {
    ScaleWriter out = new ScaleWriter();
    encoder.accept(out, value);
    return out.toByteArray();
  }

  /**
   * The value in all of the bytes.
   *
   * @throws ScaleException when they are cut, malformed, or more than the value
   */
  public T decode(byte[] bytes) {
    ScaleReader in = new ScaleReader(bytes);
    T value = decoder.apply(in);
    in.end();
    return value;
  }

  void write(ScaleWriter out, T value) {
    encoder.accept(out, value);
  }

  T read(ScaleReader in) {
    return decoder.apply(in);
  }

  /** The same bytes, described as behind a pointer; a type that contains itself needs one. */
  public Shape<T> boxed() {
    return new Shape<>(new TypeNode.Boxed(type), minimumSize, encoder, decoder);
  }

  /** The same bytes as another Java type. */
  public <U> Shape<U> as(Function<T, U> from, Function<U, T> to) {
    return new Shape<>(
        type,
        minimumSize,
        (out, value) -> encoder.accept(out, to.apply(value)),
        in -> from.apply(decoder.apply(in)));
  }
}
