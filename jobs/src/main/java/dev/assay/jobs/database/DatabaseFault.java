package dev.assay.jobs.database;

import dev.assay.chain.rpc.Reason;
import dev.assay.jobs.NotReadyException;
import dev.assay.jobs.config.ConfigurationException;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.jdbc.UncheckedSQLException;

/**
 * What a database's failure is to an operator: one sentence that names the setting and the next
 * step.
 *
 * @param uri of the database
 * @param user of it, or empty
 */
record DatabaseFault(String uri, String user) {
  /** SQL's states of a server that may answer later. */
  private static final Set<String> AWAY =
      Set.of("08000", "08001", "08003", "08006", "08007", "53300", "57P01", "57P02", "57P03");

  private static final Set<String> LOGIN = Set.of("08004", "28000", "28P01");
  private static final String NO_DATABASE = "3D000";
  private static final String NO_RIGHT = "42501";

  static DatabaseFault of(Map<String, String> properties) {
    return new DatabaseFault(
        properties.get(CatalogProperties.URI), properties.getOrDefault(JdbcTables.USER, ""));
  }

  /** Whether a catalog's table has had its newest column all along. */
  static boolean isColumnThere(UncheckedSQLException failure) {
    return failure.getCause() instanceof SQLException cause
        && ("42701".equals(cause.getSQLState())
            || String.valueOf(cause.getMessage()).contains("duplicate column name"));
  }

  /** Whether a server that didn't do what it was asked may do it later. */
  static boolean isAway(Exception failure) {
    return failure instanceof SQLException refused && AWAY.contains(state(refused));
  }

  private static String state(SQLException failure) {
    return String.valueOf(failure.getSQLState());
  }

  RuntimeException worded(UncheckedSQLException failure) {
    return failure.getCause() instanceof SQLException cause ? worded(cause) : failure;
  }

  RuntimeException worded(SQLException failure) {
    String state = state(failure);
    String reason = reason(failure);
    if (isAway(failure)) {
      return later(
          "does not answer: %s; start it or correct the address".formatted(reason), failure);
    }
    if (LOGIN.contains(state)) {
      return refused(
          "refuses the login%s: %s; correct catalog.user, or its password in ASSAY_CATALOG_PASSWORD or"
                  .formatted(user.isEmpty() ? "" : " of " + user, reason)
              + " catalog.password_file",
          failure);
    }
    if (state.equals(NO_DATABASE)) {
      return refused("has no such database: %s; create it".formatted(reason), failure);
    }
    if (state.equals(NO_RIGHT)) {
      return refused(
          "refuses%s a right: %s; GRANT it USAGE and CREATE on the schema, or all on the tables"
              .formatted(user.isEmpty() ? "" : " " + user, reason),
          failure);
    }
    return ofSqlite(reason, failure);
  }

  private RuntimeException ofSqlite(String reason, SQLException failure) {
    if (reason.contains("[SQLITE_BUSY") || reason.contains("[SQLITE_LOCKED")) {
      return later("is locked by another process: " + reason + "; wait for it", failure);
    }
    if (reason.contains("[SQLITE_FULL")) {
      return later("has no room: " + reason + "; make room there, then run again", failure);
    }
    return refused("can't be used: " + reason + "; correct it, or give another", failure);
  }

  private NotReadyException later(String what, Throwable cause) {
    return new NotReadyException("catalog.uri " + uri + " " + what, cause);
  }

  private ConfigurationException refused(String what, Throwable cause) {
    return new ConfigurationException("catalog.uri " + uri + " " + what, cause);
  }

  /** The database's own words on one line. */
  private static String reason(SQLException failure) {
    return Reason.of(failure).strip().replaceAll("\\s+", " ").replaceFirst("[.;]+$", "");
  }
}
