package dev.assay.jobs.tables;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntFunction;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;

/** Rows as Java records and rows as Iceberg's generic records, column by column. */
public final class RowMapping<R extends Record> {
  private final Schema schema;
  private final RecordComponent[] components;
  private final Constructor<R> constructor;

  /** The mapping of a public record; {@link TableDefinition} says which components it may have. */
  public RowMapping(Class<R> rowType) {
    this.schema = schema(rowType);
    this.components = rowType.getRecordComponents();
    try {
      this.constructor =
          rowType.getDeclaredConstructor(
              Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
    } catch (NoSuchMethodException impossible) {
      throw new IllegalStateException("every record has its canonical constructor", impossible);
    }
  }

  /** The columns that a record's components stand for, in their order, with their comments. */
  public static Schema schema(Class<? extends Record> rowType) {
    RecordComponent[] components = rowType.getRecordComponents();
    List<NestedField> fields = new ArrayList<>();
    for (int index = 0; index < components.length; index++) {
      boolean optional = components[index].getType() == Optional.class;
      Type valueType = components[index].getGenericType();
      if (optional) {
        valueType = ((ParameterizedType) valueType).getActualTypeArguments()[0];
      }
      String name = column(components[index].getName());
      // Element ids of lists stay clear of the columns' ids.
      org.apache.iceberg.types.Type type = type(valueType, 1000 + index);
      String comment = comment(components[index]);
      fields.add(
          optional
              ? NestedField.optional(index + 1, name, type, comment)
              : NestedField.required(index + 1, name, type, comment));
    }
    return new Schema(fields);
  }

  private static String comment(RecordComponent component) {
    Comment comment = component.getAnnotation(Comment.class);
    return comment == null ? null : comment.value();
  }

  private static String column(String component) {
    return component.replaceAll("([a-z])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
  }

  private static org.apache.iceberg.types.Type type(Type javaType, int elementId) {
    if (javaType == String.class) {
      return Types.StringType.get();
    }
    if (javaType == int.class || javaType == Integer.class) {
      return Types.IntegerType.get();
    }
    if (javaType == long.class || javaType == Long.class) {
      return Types.LongType.get();
    }
    if (javaType == double.class || javaType == Double.class) {
      return Types.DoubleType.get();
    }
    if (javaType == boolean.class || javaType == Boolean.class) {
      return Types.BooleanType.get();
    }
    if (javaType == Instant.class) {
      return Types.TimestampType.withZone();
    }
    if (javaType instanceof ParameterizedType list
        && list.getRawType() == List.class
        && (list.getActualTypeArguments()[0] == Integer.class
            || list.getActualTypeArguments()[0] == Double.class)) {
      return Types.ListType.ofRequired(
          elementId, type(list.getActualTypeArguments()[0], elementId));
    }
    throw new IllegalArgumentException("no column type stands for " + javaType);
  }

  /** A row's values in the columns' order. */
  public org.apache.iceberg.data.Record toIceberg(R row) {
    GenericRecord record = GenericRecord.create(schema);
    for (int index = 0; index < components.length; index++) {
      record.set(index, columnValue(component(row, index)));
    }
    return record;
  }

  /** The row that the values of a record stand for. */
  public R fromIceberg(org.apache.iceberg.data.Record record) {
    return row(record, record::get);
  }

  /** The row that the values of a record with other columns, in any order, stand for. */
  R fromWiderIceberg(org.apache.iceberg.data.Record record) {
    return row(record, index -> record.getField(schema.columns().get(index).name()));
  }

  private R row(org.apache.iceberg.data.Record record, IntFunction<Object> column) {
    Object[] values = new Object[components.length];
    for (int index = 0; index < components.length; index++) {
      Object value = rowValue(column.apply(index));
      values[index] =
          components[index].getType() == Optional.class ? Optional.ofNullable(value) : value;
    }
    try {
      return constructor.newInstance(values);
    } catch (InvocationTargetException refused) {
      throw new IllegalStateException("a stored row is no longer valid: " + record, refused);
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException("rows are public records", impossible);
    }
  }

  private Object component(R row, int index) {
    try {
      return components[index].getAccessor().invoke(row);
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException("rows are public records", impossible);
    }
  }

  private static Object columnValue(Object value) {
    if (value instanceof Optional<?> optional) {
      return optional.map(RowMapping::columnValue).orElse(null);
    }
    // Microseconds are what the column holds.
    return value instanceof Instant instant ? instant.atOffset(ZoneOffset.UTC) : value;
  }

  private static Object rowValue(Object value) {
    if (value instanceof OffsetDateTime time) {
      return time.toInstant();
    }
    return value instanceof List<?> list ? List.copyOf(list) : value;
  }
}
