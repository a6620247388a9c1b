package dev.assay.miner;

import dev.assay.model.hub.CommittedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/**
 * What has been published of a checkpoint, kept beside its folder, as {@code FOLDER.published}: two
 * lines, the text to commit and the hotkey's address.
 *
 * @param model to be committed
 * @param hotkey whose commitment its hash fits, an SS58 address
 */
public record Receipt(CommittedModel model, String hotkey) {
  /** Keeps it beside the checkpoint's folder, whole or not at all. */
  public void keep(Path checkpoint) throws IOException {
    Path file = file(checkpoint);
    Path partial = Files.createTempFile(file.getParent(), "published", ".partial");
    Files.write(partial, List.of(model.text(), hotkey));
    Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** The one beside a checkpoint's folder; empty where nothing was published from there. */
  public static Optional<Receipt> of(Path checkpoint) throws IOException {
    Path file = file(checkpoint);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    List<String> lines = Files.readAllLines(file);
    return lines.size() == 2
            && CommittedModel.parse(lines.get(0), "None")
                instanceof CommittedModel.Parsed.Model parsed
        ? Optional.of(new Receipt(parsed.model(), lines.get(1)))
        : Optional.empty();
  }

  private static Path file(Path checkpoint) {
    Path folder = checkpoint.toAbsolutePath().normalize();
    return folder.resolveSibling(folder.getFileName() + ".published");
  }
}
