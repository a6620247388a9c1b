package dev.assay.model.causal;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * The part of Python's pickle protocol 2 that PyTorch's archive reader needs for an object of plain
 * attributes: flags, integers, numbers, strings, and lists of integers, numbers or strings. Opcodes
 * are those of CPython's pickletools.
 */
final class Pickle {
  private static final int PROTOCOL = 0x80;
  private static final int STOP = '.';
  private static final int MARK = '(';

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private Pickle() {
    out.write(PROTOCOL);
    out.write(2);
  }

  static byte[] emptyTuple() {
    Pickle pickle = new Pickle();
    pickle.out.write(')');
    return pickle.stopped();
  }

  /** A module of the class {@code __torch__.NAME} with these attributes. */
  static byte[] module(String name, Map<String, Object> attributes) {
    Pickle pickle = new Pickle();
    pickle.global("__torch__", name);
    pickle.out.write(')'); // no arguments
    pickle.out.write(0x81); // new object
    pickle.out.write('}'); // its attributes
    pickle.out.write(MARK);
    attributes.forEach(
        (attribute, value) -> {
          pickle.text(attribute);
          pickle.value(value);
        });
    pickle.out.write('u'); // set items
    pickle.out.write('b'); // build
    return pickle.stopped();
  }

  private void value(Object value) {
    if (value instanceof Boolean flag) {
      out.write(flag ? 0x88 : 0x89);
    } else if (value instanceof Integer integer) {
      integer(integer);
    } else if (value instanceof Double number) {
      number(number);
    } else if (value instanceof String text) {
      text(text);
    } else if (value instanceof Integers list) {
      list("build_intlist", list.values());
    } else if (value instanceof Numbers list) {
      list("build_doublelist", list.values());
    } else if (value instanceof Texts list) {
      texts(list);
    } else if (value instanceof Empty empty) {
      empty(empty);
    } else {
      throw new IllegalArgumentException("an attribute cannot be a " + value.getClass());
    }
  }

  /** A list of integers; the reader must be told the type of a list, even of an empty one. */
  record Integers(List<Integer> values) {}

  /** A list of numbers. */
  record Numbers(List<Double> values) {}

  /** A list of strings. */
  record Texts(List<String> values) {}

  /** An empty list or dictionary of a TorchScript type, for example {@code List[Tensor]}. */
  record Empty(String type) {}

  private void empty(Empty empty) {
    global("torch.jit._pickle", "restore_type_tag");
    out.write(empty.type().startsWith("Dict") ? '}' : ']');
    text(empty.type());
    out.write(0x86); // tuple of two
    out.write('R'); // call
  }

  private void texts(Texts list) {
    global("torch.jit._pickle", "restore_type_tag");
    out.write(']');
    out.write(MARK);
    list.values().forEach(this::text);
    out.write('e'); // append all
    text("List[str]");
    out.write(0x86); // tuple of two
    out.write('R'); // call
  }

  private void list(String builder, List<?> values) {
    global("torch.jit._pickle", builder);
    out.write(']');
    out.write(MARK);
    values.forEach(this::value);
    out.write('e'); // append all
    out.write(0x85); // tuple of one
    out.write('R'); // call
  }

  private void global(String module, String name) {
    out.write('c');
    out.writeBytes((module + "\n" + name + "\n").getBytes(StandardCharsets.US_ASCII));
  }

  private void integer(int value) {
    out.write('J');
    out.writeBytes(
        ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array());
  }

  private void number(double value) {
    out.write('G');
    out.writeBytes(ByteBuffer.allocate(Double.BYTES).putDouble(value).array());
  }

  private void text(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    out.write('X');
    out.writeBytes(
        ByteBuffer.allocate(Integer.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(utf8.length)
            .array());
    out.writeBytes(utf8);
  }

  private byte[] stopped() {
    out.write(STOP);
    return out.toByteArray();
  }
}
