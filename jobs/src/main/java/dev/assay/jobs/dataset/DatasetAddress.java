package dev.assay.jobs.dataset;

import dev.assay.jobs.config.ConfigurationException;
import dev.assay.model.hub.RepositoryId;
import dev.assay.model.hub.Revision;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The address of a dataset, as docs/feed.md has it.
 *
 * @param text all of it
 * @param files name patterns of the Parquet files, where {@code *} stands for any characters but a
 *     slash
 * @param voucher absent where each row is signed
 */
record DatasetAddress(
    String text,
    RepositoryId repository,
    Revision revision,
    List<String> files,
    DatasetColumns columns,
    Optional<DatasetVoucher> voucher) {
  static final String SCHEME = "datasets+hf";
  private static final List<String> ALL_FILES =
      List.of("*.parquet", "*/*.parquet", "*/*/*.parquet");
  private static final String SIGNATURE = "&signature=";
  private static final Set<String> KEYS =
      Set.of("prompt", "response", "messages", "files", "blocks", "voucher", "at", "signature");

  /**
   * Reads an address.
   *
   * @throws ConfigurationException if it is none of a dataset
   */
  static DatasetAddress of(URI endpoint) {
    try {
      return read(endpoint);
    } catch (RuntimeException malformed) {
      throw new ConfigurationException(
          "feed.endpoint is %s: %s; a dataset is written %s://NAMESPACE/NAME@COMMIT?prompt=COLUMN..."
              .formatted(endpoint, malformed.getMessage(), SCHEME),
          malformed);
    }
  }

  private static DatasetAddress read(URI endpoint) {
    String path = endpoint.getPath();
    int at = path.indexOf('@');
    if (endpoint.getRawAuthority() == null || at < 2) {
      throw new IllegalArgumentException("it names no dataset at a commit");
    }
    Map<String, String> query = query(endpoint.getRawQuery());
    DatasetColumns columns =
        new DatasetColumns(
            Optional.ofNullable(query.get("prompt")),
            Optional.ofNullable(query.get("response")),
            Optional.ofNullable(query.get("messages")));
    return new DatasetAddress(
        endpoint.toString(),
        RepositoryId.dataset(endpoint.getRawAuthority(), path.substring(1, at)),
        new Revision(path.substring(at + 1)),
        query.containsKey("files") ? List.of(query.get("files")) : ALL_FILES,
        columns,
        columns.areSigned() ? none(query) : Optional.of(voucher(endpoint.toString(), query)));
  }

  private static Map<String, String> query(String raw) {
    Map<String, String> query = new HashMap<>();
    for (String pair : raw == null || raw.isEmpty() ? new String[0] : raw.split("&", -1)) {
      int equals = pair.indexOf('=');
      String key = equals < 0 ? pair : pair.substring(0, equals);
      if (!KEYS.contains(key)) {
        throw new IllegalArgumentException(key + " is none of " + KEYS.stream().sorted().toList());
      }
      String value = URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8);
      if (equals < 0 || value.isBlank() || query.put(key, value) != null) {
        throw new IllegalArgumentException(key + "= has no value, or two");
      }
    }
    return query;
  }

  private static Optional<DatasetVoucher> none(Map<String, String> query) {
    Set<String> given = new TreeSet<>(query.keySet());
    given.remove("files");
    if (!given.isEmpty()) {
      throw new IllegalArgumentException(
          "without prompt= or messages= each row is signed, and %s= has no meaning"
              .formatted(given.iterator().next()));
    }
    return Optional.empty();
  }

  private static DatasetVoucher voucher(String address, Map<String, String> query) {
    if (address.lastIndexOf(SIGNATURE) < address.lastIndexOf('&')) {
      throw new IllegalArgumentException("signature= comes last: it signs what stands before it");
    }
    String[] blocks = required(query, "blocks").split("-", -1);
    return new DatasetVoucher(
        required(query, "voucher"),
        time(required(query, "at")),
        number(blocks[0]),
        number(blocks[blocks.length - 1]),
        required(query, "signature"));
  }

  private static Instant time(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException malformed) {
      throw new IllegalArgumentException("at= is a time such as 2026-01-01T00:00:00Z", malformed);
    }
  }

  private static long number(String text) {
    return text.matches("[0-9]{1,15}") ? Long.parseLong(text) : 0;
  }

  private static String required(Map<String, String> query, String key) {
    String value = query.get(key);
    if (value == null) {
      throw new IllegalArgumentException(
          key + "= is missing: rows that nobody has signed need a validator who vouches for them");
    }
    return value;
  }

  /** What a voucher has signed of it. */
  String signed() {
    return text.substring(0, text.lastIndexOf(SIGNATURE));
  }
}
