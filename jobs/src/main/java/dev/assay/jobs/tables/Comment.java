package dev.assay.jobs.tables;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a table or a column holds, with its unit; {@code DESCRIBE TABLE} shows it. A row's record
 * carries the table's comment, each of its components its column's.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.RECORD_COMPONENT})
public @interface Comment {
  /** One sentence without a full stop. */
  String value();
}
