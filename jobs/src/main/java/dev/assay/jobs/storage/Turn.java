package dev.assay.jobs.storage;

import dev.assay.jobs.config.ConfigurationException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.UUID;

/**
 * Who has a lease, and until when unless he puts it off.
 *
 * @param holder host, process and a word that no other holder has
 */
record Turn(String holder, Instant until) {
  static final int MOST_BYTES = 1024;
  private static final String BEGIN = "assay-lease 1\nholder ";
  private static final String MIDDLE = "\nuntil ";

  /** A new holder in this process, whose turn has not begun. */
  static Turn byThisProcess() {
    return new Turn(
        host() + " " + ProcessHandle.current().pid() + " " + UUID.randomUUID(), Instant.EPOCH);
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName().replaceAll("[^A-Za-z0-9.-]", "_");
    } catch (UnknownHostException unnamed) {
      return "unnamed";
    }
  }

  Turn until(Instant end) {
    return new Turn(holder, end);
  }

  byte[] bytes() {
    return (BEGIN + holder + MIDDLE + until + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Reads one.
   *
   * @throws ConfigurationException if it is none: an operator has to look
   */
  static Turn read(String address, byte[] content) {
    String text = new String(content, StandardCharsets.UTF_8);
    int middle = text.indexOf(MIDDLE);
    if (text.startsWith(BEGIN) && middle > BEGIN.length()) {
      try {
        Turn turn =
            new Turn(
                text.substring(BEGIN.length(), middle),
                Instant.parse(text.substring(middle + MIDDLE.length()).strip()));
        if (Arrays.equals(turn.bytes(), content)) {
          return turn;
        }
      } catch (DateTimeParseException malformed) {
        // Said below.
      }
    }
    throw new ConfigurationException(address + " is no lease; if no driver works there, delete it");
  }
}
