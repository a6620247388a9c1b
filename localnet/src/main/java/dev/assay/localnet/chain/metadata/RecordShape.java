package dev.assay.localnet.chain.metadata;

import dev.assay.chain.scale.ScaleReader;
import dev.assay.chain.scale.ScaleWriter;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A struct as a Java record: its components, in order, are its fields, in snake case. */
public final class RecordShape {
  private RecordShape() {}

  /**
   * A struct with generic parameters.
   *
   * @param parameters the struct's generic parameters as its metadata lists them
   * @param shapes one shape a component
   */
  public static <R extends Record> Shape<R> of(
      Class<R> type, String path, List<TypeNode.Parameter> parameters, Shape<?>... shapes) {
    RecordComponent[] components = type.getRecordComponents();
    if (components.length != shapes.length) {
      throw new IllegalArgumentException(
          type + " has " + components.length + " components, not " + shapes.length);
    }
    List<TypeNode.Member> members = new ArrayList<>();
    int size = 0;
    for (int i = 0; i < shapes.length; i++) {
      components[i].getAccessor().setAccessible(true);
      members.add(Field.field(snakeCase(components[i].getName()), shapes[i]).member());
      size += shapes[i].minimumSize();
    }
    Constructor<R> constructor = constructor(type, components);
    return new Shape<>(
        new TypeNode.Composite(Shapes.path(path), parameters, members),
        size,
        (out, value) -> write(out, value, components, shapes),
        in -> read(in, constructor, shapes));
  }

  /** A struct without generic parameters. */
  public static <R extends Record> Shape<R> of(Class<R> type, String path, Shape<?>... shapes) {
    return of(type, path, List.of(), shapes);
  }

  /** A struct whose components all have one shape. */
  public static <R extends Record> Shape<R> ofEach(Class<R> type, String path, Shape<?> shape) {
    Shape<?>[] shapes = new Shape<?>[type.getRecordComponents().length];
    Arrays.fill(shapes, shape);
    return of(type, path, shapes);
  }

  /**
   * {@code minAllowedWeights} as {@code min_allowed_weights}; a trailing underscore keeps a name
   * apart from a word of Java.
   */
  public static String snakeCase(String camelCase) {
    String name =
        camelCase.endsWith("_") ? camelCase.substring(0, camelCase.length() - 1) : camelCase;
    return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }

  private static void write(
      ScaleWriter out, Record value, RecordComponent[] components, Shape<?>[] shapes) {
    for (int i = 0; i < shapes.length; i++) {
      writeUnchecked(out, component(value, components[i]), shapes[i]);
    }
  }

  // The constructor's types and the shapes are declared side by side; a mismatch fails the first
  // time that the record is written.
  @SuppressWarnings("unchecked")
  private static void writeUnchecked(ScaleWriter out, Object value, Shape<?> shape) {
    ((Shape<Object>) shape).write(out, value);
  }

  private static Object component(Record value, RecordComponent component) {
    try {
      return component.getAccessor().invoke(value);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("can't read " + component, e);
    }
  }

  private static <R> R read(ScaleReader in, Constructor<R> constructor, Shape<?>[] shapes) {
    Object[] values = new Object[shapes.length];
    for (int i = 0; i < shapes.length; i++) {
      values[i] = shapes[i].read(in);
    }
    try {
      return constructor.newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("can't make a " + constructor.getDeclaringClass(), e);
    }
  }

  private static <R extends Record> Constructor<R> constructor(
      Class<R> type, RecordComponent[] components) {
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      Constructor<R> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor;
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("a record without its constructor: " + type, e);
    }
  }
}
