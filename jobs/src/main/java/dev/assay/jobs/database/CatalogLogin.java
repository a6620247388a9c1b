package dev.assay.jobs.database;

import dev.assay.chain.rpc.Reason;
import dev.assay.jobs.config.ConfigurationException;
import dev.assay.jobs.config.Secrets;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/**
 * Who opens a connection. The password is read for each and kept nowhere, so that a new one is
 * taken up.
 *
 * @param user of the database; empty means the process's
 * @param passwordFile with the password alone; empty where the environment has it
 */
record CatalogLogin(String user, String passwordFile) {
  private static final int MOST_BYTES = 4096;

  /** As the driver of PostgreSQL takes them. */
  Properties properties() {
    Properties properties = new Properties();
    if (!user.isEmpty()) {
      properties.setProperty("user", user);
    }
    password().ifPresent(password -> properties.setProperty("password", password));
    return properties;
  }

  private Optional<String> password() {
    return passwordFile.isEmpty()
        ? Secrets.catalogPassword(System.getenv())
        : Optional.of(inFile(Path.of(passwordFile)));
  }

  private static String inFile(Path file) {
    try (InputStream bytes = Files.newInputStream(file)) {
      byte[] read = bytes.readNBytes(MOST_BYTES + 1);
      String password = new String(read, StandardCharsets.UTF_8).strip();
      if (read.length > MOST_BYTES || password.isEmpty()) {
        throw new ConfigurationException(
            "catalog.password_file is %s, which holds %s; write the password alone into it"
                .formatted(
                    file, password.isEmpty() ? "nothing" : "more than " + MOST_BYTES + " bytes"));
      }
      return password;
    } catch (IOException unreadable) {
      throw new ConfigurationException(
          "catalog.password_file is %s, which can't be read: %s; correct it"
              .formatted(file, Reason.of(unreadable)),
          unreadable);
    }
  }
}
