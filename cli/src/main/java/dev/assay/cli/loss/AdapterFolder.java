package dev.assay.cli.loss;

import dev.assay.cli.terminal.UsageException;
import dev.assay.model.checkpoint.CheckpointFiles;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder of adapters alone, which many tools write where a model is expected. */
public final class AdapterFolder {
  private AdapterFolder() {}

  /**
   * Lets every other folder pass.
   *
   * @throws UsageException saying how to make a model of it
   */
  public static void refuse(Path folder) {
    if (Files.exists(folder.resolve("adapter_config.json"))
        && !Files.exists(folder.resolve(CheckpointFiles.CONFIG))) {
      throw new UsageException(
          folder
              + " has adapters and no model; a miner publishes whole models: merge them into their"
              + " base with peft's merge_and_unload, save_pretrained it, and name that folder");
    }
  }
}
