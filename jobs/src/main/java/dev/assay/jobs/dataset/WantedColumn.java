package dev.assay.jobs.dataset;

import java.util.List;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;

/**
 * A column that is read of a Parquet file.
 *
 * @param isRequired whether a file must have it
 */
record WantedColumn(String name, Kind kind, boolean isRequired) {
  /** What a column holds. */
  enum Kind {
    TEXT("texts"),
    NUMBER("whole numbers of 64 bits"),
    /** A list of structures that have {@code role} and {@code content}, both texts. */
    CONVERSATION("lists of role and content");

    private final String words;

    Kind(String words) {
      this.words = words;
    }
  }

  static WantedColumn text(String name) {
    return new WantedColumn(name, Kind.TEXT, true);
  }

  /**
   * The column of a file; none where a file may lack it and does.
   *
   * @throws IllegalArgumentException if it has none that holds this
   */
  List<Type> of(MessageType file) {
    if (!file.containsField(name)) {
      if (isRequired) {
        throw unlike(file);
      }
      return List.of();
    }
    Type type = file.getType(name);
    if (!isLike(type)) {
      throw unlike(file);
    }
    return List.of(type);
  }

  private IllegalArgumentException unlike(MessageType file) {
    List<String> names =
        file.getFields().stream()
            .map(field -> field.getName().replaceAll("[^\\x20-\\x7e]", "?"))
            .limit(20)
            .toList();
    return new IllegalArgumentException(
        "it has no column %s of %s; its columns are %s"
            .formatted(name, kind.words, String.join(", ", names)));
  }

  private boolean isLike(Type type) {
    return switch (kind) {
      case TEXT -> isText(type);
      case NUMBER -> isOne(type, PrimitiveTypeName.INT64);
      case CONVERSATION -> isConversation(type);
    };
  }

  private static boolean isText(Type type) {
    return isOne(type, PrimitiveTypeName.BINARY)
        && LogicalTypeAnnotation.stringType().equals(type.getLogicalTypeAnnotation());
  }

  private static boolean isOne(Type type, PrimitiveTypeName name) {
    return type.isPrimitive()
        && !type.isRepetition(Type.Repetition.REPEATED)
        && type.asPrimitiveType().getPrimitiveTypeName() == name;
  }

  /** A list is a group of a repeated group of the elements, whatever the inner ones are called. */
  private static boolean isConversation(Type type) {
    if (type.isPrimitive() || type.asGroupType().getFieldCount() != 1) {
      return false;
    }
    Type list = type.asGroupType().getType(0);
    if (list.isPrimitive()
        || !list.isRepetition(Type.Repetition.REPEATED)
        || list.asGroupType().getFieldCount() != 1
        || list.asGroupType().getType(0).isPrimitive()) {
      return false;
    }
    GroupType message = list.asGroupType().getType(0).asGroupType();
    return isTextOf(message, Conversation.ROLE) && isTextOf(message, Conversation.CONTENT);
  }

  private static boolean isTextOf(GroupType message, String field) {
    return message.containsField(field) && isText(message.getType(field));
  }
}
