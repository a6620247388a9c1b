package dev.assay.jobs.config.tables;

import dev.assay.score.Limits;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What remembers the newest state of each table; no result depends on it.
 *
 * @param type {@code hadoop}: files beside the tables; {@code jdbc}: a database
 * @param uri of the database, {@code jdbc:sqlite:FILE} or {@code
 *     jdbc:postgresql://HOST:PORT/DATABASE}; empty for {@code hadoop}
 * @param user of PostgreSQL, or empty
 * @param passwordFile a file with the user's password alone; empty where the environment has it
 * @param name that tells the warehouses of one database apart, 1 to 64 characters
 */
public record CatalogSettings(
    String type, String uri, String user, String passwordFile, String name) {
  private static final String HADOOP = "hadoop";
  private static final String JDBC = "jdbc";
  private static final String SQLITE = "jdbc:sqlite:";

  /** The host must not hold a user, nor the options a password: both would be shown. */
  private static final Pattern POSTGRESQL =
      Pattern.compile("jdbc:postgresql://[^\\s/?#@]+/[^\\s/?#@]+(?:\\?[^\\s#]*)?");

  private static final Pattern LOGIN = Pattern.compile("[?&][^=&]*(?:password|user)[^=&]*=");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

  /** Files beside the tables. */
  public static final CatalogSettings FOLDER = new CatalogSettings("hadoop", "", "", "", "assay");

  public CatalogSettings {
    uri = uri == null ? "" : uri.strip();
    user = user == null ? "" : user.strip();
    passwordFile = passwordFile == null ? "" : passwordFile.strip();
    String address = uri;
    String login = user;
    String file = passwordFile;
    Limits.all(
        () -> requireType(type),
        () -> requireUri(JDBC.equals(type), address),
        () -> requireLogin(address, "catalog.user", login),
        () -> requireLogin(address, "catalog.password_file", file),
        () -> requireName(name));
  }

  private static void requireType(String type) {
    if (!HADOOP.equals(type) && !JDBC.equals(type)) {
      throw new IllegalArgumentException("catalog.type is " + type + "; hadoop or jdbc");
    }
  }

  private static void requireUri(boolean isDatabase, String uri) {
    if (isDatabase && !isSqlite(uri) && !isPostgresql(uri)) {
      // Not shown: a password may be in it.
      throw new IllegalArgumentException(
          "catalog.uri is "
              + (uri.isEmpty() ? "empty" : "no such address")
              + "; jdbc:sqlite:FILE, or jdbc:postgresql://HOST:PORT/DATABASE with the user in"
              + " catalog.user and the password in ASSAY_CATALOG_PASSWORD");
    }
    if (!isDatabase && !uri.isEmpty()) {
      throw new IllegalArgumentException(
          "catalog.uri is set and catalog.type is not jdbc; set it to jdbc, or remove the uri");
    }
  }

  private static boolean isPostgresql(String uri) {
    return POSTGRESQL.matcher(uri).matches() && !LOGIN.matcher(uri.toLowerCase(Locale.ROOT)).find();
  }

  /** A file: SQLite's own further forms are memory, addresses and options. */
  private static boolean isSqlite(String uri) {
    String file = uri.startsWith(SQLITE) ? uri.substring(SQLITE.length()) : "";
    try {
      return !file.isBlank()
          && !file.startsWith(":")
          && !file.startsWith("file:")
          && file.indexOf('?') < 0
          && Path.of(file).getFileName() != null;
    } catch (InvalidPathException impossible) {
      return false;
    }
  }

  private static void requireLogin(String uri, String key, String value) {
    if (!value.isEmpty() && !uri.startsWith("jdbc:postgresql:")) {
      throw new IllegalArgumentException(
          key + " is set and catalog.uri is no PostgreSQL, which alone has users; remove it");
    }
  }

  private static void requireName(String name) {
    if (name == null || !NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "catalog.name is no name; 1 to 64 letters, digits and any of _ . -");
    }
  }

  /** Whether it is a database, and no files beside the tables. */
  public boolean inDatabase() {
    return type.equals(JDBC);
  }

  /** The database's file, if it is one. */
  public Optional<Path> file() {
    return uri.startsWith(SQLITE)
        ? Optional.of(Path.of(uri.substring(SQLITE.length())).toAbsolutePath().normalize())
        : Optional.empty();
  }

  /** The same wherever a program starts: paths are whole. */
  public CatalogSettings absolute() {
    return new CatalogSettings(
        type,
        file().map(path -> SQLITE + path).orElse(uri),
        user,
        passwordFile.isEmpty() ? "" : Path.of(passwordFile).toAbsolutePath().normalize().toString(),
        name);
  }

  /** How a message names it. */
  public String named() {
    return inDatabase() ? "catalog.uri " + uri : "paths.warehouse";
  }
}
