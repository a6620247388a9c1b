package dev.assay.interoperation;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Debian's PostgreSQL on a port of the loopback, its tables in a folder of its own. It refuses to
 * run as root, so root starts it as the user that the package makes.
 */
public final class PostgresqlServer implements AutoCloseable {
  static final String ADMIN_PASSWORD = "4dm1n-m4rk3r";

  private static final String ADMIN = "admin";
  private static final int SECONDS = 120;
  private static final boolean IS_ROOT = "root".equals(System.getProperty("user.name"));

  private final Path folder;
  private final int port;
  private Process process;

  private PostgresqlServer(Path folder, int port) {
    this.folder = folder;
    this.port = port;
  }

  /** Starts one. */
  public static PostgresqlServer start() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("postgresql");
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    PostgresqlServer server = new PostgresqlServer(folder, port);
    Path password = Files.writeString(folder.resolve("password"), ADMIN_PASSWORD);
    if (IS_ROOT) {
      server.run(List.of("chown", "-R", "postgres", folder.toString()));
    }
    server.run(
        server.asOwner(
            "initdb",
            "--pgdata=" + folder.resolve("data"),
            "--username=" + ADMIN,
            "--auth=scram-sha-256",
            "--pwfile=" + password,
            "--no-sync"));
    server.resume();
    return server;
  }

  /** Starts it, for the first time or again. */
  void resume() throws IOException, InterruptedException {
    process =
        new ProcessBuilder(
                asOwner(
                    "postgres",
                    "-D",
                    folder.resolve("data").toString(),
                    "-p",
                    Integer.toString(port),
                    "-c",
                    "listen_addresses=127.0.0.1",
                    "-c",
                    "unix_socket_directories=" + folder,
                    "-c",
                    "log_statement=all",
                    "-c",
                    "fsync=off"))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
            .start();
    long deadline = System.nanoTime() + Duration.ofSeconds(SECONDS).toNanos();
    while (true) {
      try {
        admin("postgres").close();
        return;
      } catch (SQLException notYet) {
        if (System.nanoTime() > deadline || !process.isAlive()) {
          throw new AssertionError("PostgreSQL did not start:\n" + Files.readString(log()), notYet);
        }
        Thread.sleep(200);
      }
    }
  }

  /** Ends it as a restart does: with what it is at. */
  void pause() throws IOException, InterruptedException {
    // PostgreSQL's fast shutdown, which doesn't wait for its clients.
    run(List.of("kill", "-INT", Long.toString(process.pid())));
    if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
  }

  Path log() {
    return folder.resolveSibling(folder.getFileName() + ".log");
  }

  int port() {
    return port;
  }

  /** How JDBC reaches a database of it. */
  public String uri(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }

  private Connection admin(String database) throws SQLException {
    return DriverManager.getConnection(uri(database), ADMIN, ADMIN_PASSWORD);
  }

  /** Makes a user and a database of one name, which is the user's. */
  public void createDatabase(String name, String password) throws SQLException {
    execute(
        "postgres",
        "CREATE USER " + name + " PASSWORD '" + password + "'",
        "CREATE DATABASE " + name + " OWNER " + name);
  }

  /** Does something as its administrator. */
  void execute(String database, String... statements) throws SQLException {
    try (Connection connection = admin(database);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** Every row of a table, as text. */
  public List<String> rows(String database, String table) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection connection = admin(database);
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery("SELECT t::text FROM " + table + " t")) {
      while (found.next()) {
        rows.add(found.getString(1));
      }
    }
    return rows;
  }

  private List<String> asOwner(String program, String... arguments) throws IOException {
    List<String> words = new ArrayList<>();
    if (IS_ROOT) {
      words.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"));
    }
    words.add(program(program));
    words.addAll(List.of(arguments));
    return words;
  }

  /** Debian keeps the server's programs off the path, by version. */
  private static String program(String name) throws IOException {
    Path versions = Path.of("/usr/lib/postgresql");
    if (!Files.isDirectory(versions)) {
      return name;
    }
    try (Stream<Path> found = Files.list(versions)) {
      return found
          .map(version -> version.resolve("bin").resolve(name))
          .filter(Files::isExecutable)
          .max(Path::compareTo)
          .map(Path::toString)
          .orElse(name);
    }
  }

  private void run(List<String> words) throws IOException, InterruptedException {
    new Command(words, Path.of("/"), Map.of()).run("PostgreSQL", "", SECONDS);
  }

  /** Ends it and removes what it has kept. */
  @Override
  public void close() throws IOException {
    try {
      pause();
      run(List.of("rm", "-r", folder.toString(), log().toString()));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("PostgreSQL was not ended", interrupted);
    }
  }
}
