package dev.assay.report.site;

import dev.assay.report.board.Board;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** A leaderboard each of whose texts means harm, whatever field it stands in. */
final class HostileBoard {
  /** Ends an attribute, a script or a text of the page; turns the line around; fills it. */
  private static final String HARM =
      "</script><script>document.title='taken'</script>\"'><img src=x"
          + " onerror=alert(1)>\u202e{{uid}} "
          + "x".repeat(5_000);

  private final TreeSet<String> fields = new TreeSet<>();

  /** The same with harm in every text but a time, which is never anybody's but ours. */
  Board of(Board board) throws ReflectiveOperationException {
    return (Board) changed("", board);
  }

  /** The fields that were changed. */
  TreeSet<String> fields() {
    return fields;
  }

  private Object changed(String field, Object value) throws ReflectiveOperationException {
    if (value instanceof String text) {
      return field.endsWith("At") ? text : harm(field);
    }
    if (value instanceof Optional<?> optional) {
      return optional.isEmpty() ? optional : Optional.of(changed(field, optional.get()));
    }
    if (value instanceof List<?> list) {
      Object[] all = list.toArray();
      for (int i = 0; i < all.length; i++) {
        all[i] = changed(field, all[i]);
      }
      return Arrays.asList(all);
    }
    if (value instanceof Map<?, ?> map) {
      Map<Object, Object> all = new LinkedHashMap<>();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        all.put(entry.getKey(), changed(field, entry.getValue()));
      }
      return all;
    }
    return value instanceof Record record ? changed(record) : value;
  }

  private String harm(String field) {
    fields.add(field);
    return field + " " + HARM;
  }

  private Object changed(Record record) throws ReflectiveOperationException {
    RecordComponent[] components = record.getClass().getRecordComponents();
    Class<?>[] types = new Class<?>[components.length];
    Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      types[i] = components[i].getType();
      values[i] = changed(components[i].getName(), components[i].getAccessor().invoke(record));
    }
    Constructor<?> constructor = record.getClass().getDeclaredConstructor(types);
    return constructor.newInstance(values);
  }
}
