package dev.assay.model.hub;

import java.util.regex.Pattern;

/**
 * A repository's name, {@code namespace/name}, in the hub's alphabet.
 *
 * @param kind what the repository holds; a model and a dataset may have one name
 */
public record RepositoryId(Kind kind, String namespace, String name) {

  /** What a repository holds. */
  public enum Kind {
    MODEL,
    DATASET
  }

  private static final Pattern PART = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,95}");

  /**
   * Checks both parts.
   *
   * @throws IllegalArgumentException when one is not 1 to 96 letters, digits, '-', '_' or '.'
   *     without '--' and '..'
   */
  public RepositoryId {
    requirePart("namespace", namespace);
    requirePart("name", name);
  }

  /** A model's repository. */
  public RepositoryId(String namespace, String name) {
    this(Kind.MODEL, namespace, name);
  }

  /** A dataset's repository. */
  public static RepositoryId dataset(String namespace, String name) {
    return new RepositoryId(Kind.DATASET, namespace, name);
  }

  boolean isDataset() {
    return kind == Kind.DATASET;
  }

  private static void requirePart(String what, String value) {
    boolean wellFormed =
        PART.matcher(value).matches() && !value.contains("..") && !value.contains("--");
    if (!wellFormed) {
      throw new IllegalArgumentException(
          "a repository's "
              + what
              + " is 1 to 96 letters, digits, '-', '_' or '.' without '--' and '..'; this one has "
              + value.length()
              + " characters and is not");
    }
  }

  @Override
  public String toString() {
    return namespace + "/" + name;
  }
}
