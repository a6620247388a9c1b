package dev.assay.miner;

import dev.assay.model.checkpoint.Checkpoint;
import dev.assay.model.hub.RepositoryId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** The page that a hub shows of a model: what it is, in figures that its files give. */
public final class ModelCard {
  /** The file's name on every hub. */
  public static final String FILE = "README.md";

  private ModelCard() {}

  /**
   * Writes a card into a checkpoint's folder, unless its owner has written one.
   *
   * @param figures by name, what its owner has measured
   * @return whether there was none
   */
  public static boolean write(
      Checkpoint checkpoint,
      RepositoryId repository,
      String competition,
      Map<String, String> figures)
      throws IOException {
    Path card = checkpoint.directory().resolve(FILE);
    if (Files.exists(card)) {
      return false;
    }
    Files.writeString(card, text(checkpoint, repository, competition, figures));
    return true;
  }

  private static String text(
      Checkpoint checkpoint,
      RepositoryId repository,
      String competition,
      Map<String, String> figures)
      throws IOException {
    StringBuilder text = new StringBuilder("---\ntags:\n- bittensor\n---\n\n");
    text.append("# ").append(repository.name()).append("\n\n");
    text.append("A checkpoint in the competition `").append(competition).append("`.\n\n");
    text.append("| figure | value |\n|---|---|\n");
    row(text, "parameters", String.format(Locale.ROOT, "%,d", checkpoint.parameters()));
    row(text, "bytes of weights", String.format(Locale.ROOT, "%,d", checkpoint.bytes()));
    row(text, "layers", Integer.toString(checkpoint.config().layers()));
    row(text, "vocabulary", Integer.toString(checkpoint.config().vocabularySize()));
    row(text, "digest of names and weights", checkpoint.digest());
    figures.forEach((name, value) -> row(text, name, value));
    return text.toString();
  }

  private static void row(StringBuilder text, String name, String value) {
    text.append("| ").append(cell(name)).append(" | ").append(cell(value)).append(" |\n");
  }

  private static String cell(String text) {
    return text.replaceAll("\\p{C}", "?").replace("|", "\\|");
  }
}
