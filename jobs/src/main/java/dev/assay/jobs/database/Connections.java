package dev.assay.jobs.database;

import dev.assay.jobs.NotReadyException;
import dev.assay.jobs.config.ConfigurationException;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.jdbc.JdbcClientPool;

/** Connections to the catalog's database, which wait for one that was there and has gone. */
final class Connections extends JdbcClientPool {
  /** As long as a server takes to start again. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final String uri;
  private final CatalogLogin login;
  private final DatabaseFault fault;
  private volatile boolean wasThere;

  private Connections(Map<String, String> properties) {
    super(properties.get(CatalogProperties.URI), properties);
    this.uri = properties.get(CatalogProperties.URI);
    this.login =
        new CatalogLogin(
            properties.getOrDefault(JdbcTables.USER, ""),
            properties.getOrDefault(JdbcTables.PASSWORD_FILE, ""));
    this.fault = DatabaseFault.of(properties);
  }

  static JdbcClientPool of(Map<String, String> properties) {
    return new Connections(properties);
  }

  @Override
  protected Connection newClient() {
    long deadline = System.nanoTime() + (wasThere ? PATIENCE.toNanos() : 0);
    while (true) {
      try {
        Connection connection = connect();
        wasThere = true;
        return connection;
      } catch (NotReadyException unreachable) {
        if (System.nanoTime() >= deadline) {
          throw unreachable;
        }
        pause(unreachable);
      }
    }
  }

  /** A server that shuts down tells so in states of its own. */
  @Override
  protected boolean isConnectionException(Exception failure) {
    return super.isConnectionException(failure) || DatabaseFault.isAway(failure);
  }

  private static void pause(NotReadyException unreachable) {
    try {
      Thread.sleep(PAUSE.toMillis());
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      throw unreachable;
    }
  }

  private Connection connect() {
    try {
      // Not by DriverManager, which finds no driver that a session of Spark has loaded later.
      return driver().connect(uri, properties());
    } catch (SQLException refused) {
      throw fault.worded(refused);
    }
  }

  private Driver driver() {
    String name = isPostgresql() ? "org.postgresql.Driver" : "org.sqlite.JDBC";
    try {
      return Class.forName(name).asSubclass(Driver.class).getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException | LinkageError missing) {
      throw new ConfigurationException(
          "catalog.uri %s needs the class %s, which is not on the class path; start with"
                  .formatted(uri, name)
              + " what assay spark-conf prints",
          missing);
    }
  }

  private boolean isPostgresql() {
    return uri.startsWith("jdbc:postgresql:");
  }

  /** What the address doesn't say otherwise: no request without an end. */
  private Properties properties() {
    Properties properties = isPostgresql() ? login.properties() : new Properties();
    if (isPostgresql()) {
      properties.setProperty("ApplicationName", "assay");
      properties.setProperty("connectTimeout", "10");
      properties.setProperty("loginTimeout", "10");
      properties.setProperty("socketTimeout", "60");
      properties.setProperty("tcpKeepAlive", "true");
    } else {
      properties.setProperty("busy_timeout", "30000");
    }
    return properties;
  }
}
