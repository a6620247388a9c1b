package dev.assay.model.hub;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What a miner's commitment names: {@code namespace:name:commit:hash:competition}, the original's
 * text.
 *
 * @param repository on the hub
 * @param revision as committed; whether it is a full commit id is the evaluation's to say
 * @param hash the committed directory hash, 44 characters of base64
 * @param competition id of the competition
 */
public record CommittedModel(
    RepositoryId repository, String revision, String hash, String competition) {
  /** The chain holds no more in one field, and the original refuses more. */
  private static final int MAX_LENGTH = 128;

  private static final Pattern HASH = Pattern.compile("[A-Za-z0-9+/]{43}=");
  private static final Pattern COMPETITION = Pattern.compile("[A-Za-z0-9]{1,8}");

  /** A commitment's text as a model, or why it is none. */
  public sealed interface Parsed {
    /** It names a model. */
    record Model(CommittedModel model) implements Parsed {}

    /** It does not; the reason quotes nothing that the miner chose. */
    record Malformed(String reason) implements Parsed {}
  }

  /**
   * Parses any text.
   *
   * @param oldCompetition where a commitment of four fields belongs
   */
  public static Parsed parse(String text, String oldCompetition) {
    if (text.length() > MAX_LENGTH) {
      return malformed("has " + text.length() + " characters; at most " + MAX_LENGTH);
    }
    List<String> fields = List.of(text.split(":", -1));
    if (fields.size() != 4 && fields.size() != 5) {
      return malformed(
          "has " + fields.size() + " fields; namespace:name:commit:hash:competition are five");
    }
    if (!HASH.matcher(fields.get(3)).matches()) {
      return malformed("has a hash that is not 44 characters of base64, the digest of 32 bytes");
    }
    String competition = fields.size() == 5 ? fields.get(4) : "None";
    if (!COMPETITION.matcher(competition).matches()) {
      return malformed("has a competition that is not one to eight letters or digits");
    }
    try {
      return new Parsed.Model(
          new CommittedModel(
              new RepositoryId(fields.get(0), fields.get(1)),
              fields.get(2),
              fields.get(3),
              // The original writes Python's None where there is nothing.
              competition.equals("None") ? oldCompetition : competition));
    } catch (IllegalArgumentException unfit) {
      return malformed("does not name a repository: " + unfit.getMessage());
    }
  }

  /** What {@link #parse} reads: what a miner commits, of five fields. */
  public String text() {
    return String.join(":", repository.namespace(), repository.name(), revision, hash, competition);
  }

  private static Parsed malformed(String reason) {
    return new Parsed.Malformed("the commitment " + reason);
  }
}
