package dev.assay.localnet.hub;

import java.util.regex.Pattern;

/**
 * A repository's full name, {@code namespace/name}, in the hub's own alphabet.
 *
 * @param dataset whether it is a dataset's; a model may have the same name
 */
record RepositoryName(boolean dataset, String namespace, String name) {

  private static final Pattern PART = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,95}");

  RepositoryName {
    requirePart("namespace", namespace);
    requirePart("repository name", name);
  }

  private static void requirePart(String what, String value) {
    boolean wellFormed =
        PART.matcher(value).matches()
            && !value.contains("..")
            && !value.contains("--")
            && !value.endsWith(".")
            && !value.endsWith("-")
            && !value.endsWith(".git");
    if (!wellFormed) {
      throw new HubFailure(
          400,
          "BadRequest",
          "the "
              + what
              + " '"
              + value
              + "' is not 1 to 96 letters, digits, '-', '_' or '.' without '--' and '..'");
    }
  }

  /** Its page, below the hub's address. */
  String page() {
    return dataset ? HubRequest.DATASETS + "/" + this : toString();
  }

  @Override
  public String toString() {
    return namespace + "/" + name;
  }
}
