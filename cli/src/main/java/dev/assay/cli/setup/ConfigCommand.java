package dev.assay.cli.setup;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.cli.settings.ConfigurationOption;
import dev.assay.cli.terminal.ExitCode;
import dev.assay.cli.terminal.Output;
import dev.assay.jobs.config.AssayConfiguration;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(name = "config", description = "Checks a configuration, and shows what is in effect.")
public final class ConfigCommand {
  @Spec private CommandSpec spec;

  @Command(
      name = "check",
      description =
          "Reads a configuration and its competitions, and tells every fault of them at once, one a"
              + " line, with exit code 2. It asks nobody: assay doctor does.",
      footer = {"", "  assay config check --config conf/assay.yaml"})
  int check(@Mixin ConfigurationOption configuration, @Mixin Output output) {
    AssayConfiguration settings = configuration.load();
    Sound sound =
        new Sound(settings.chain().netuid(), settings.competitions().schedule().phases().size());
    output.print(
        sound,
        () ->
            List.of(
                "the configuration is sound: subnet %d, %d eras of competitions"
                    .formatted(sound.netuid(), sound.eras())));
    return ExitCode.DONE;
  }

  /**
   * What {@code assay config check --json} prints of a configuration without faults.
   *
   * @param eras spans of blocks, each with its own competitions
   */
  record Sound(int netuid, int eras) {}

  @Command(
      name = "show",
      description =
          "Prints every setting in effect as one JSON object, defaults included. Of secrets it says"
              + " only whether they are set.",
      footer = {"", "  assay config show --config conf/assay.yaml"})
  int show(@Mixin ConfigurationOption configuration) {
    AssayConfiguration settings = configuration.load();
    ObjectNode tree = settings.shown();
    tree.putObject("secrets")
        .put("ASSAY_HUB_TOKEN", said(settings.secrets().hubToken().isPresent()))
        .put("ASSAY_HOTKEY_PASSWORD", said(settings.secrets().hotkeyPassword().isPresent()))
        .put("ASSAY_CATALOG_PASSWORD", said(settings.secrets().catalogPassword().isPresent()))
        .put("WANDB_API_KEY", said(settings.secrets().runsKey().isPresent()))
        .put("ASSAY_WEBHOOKS", said(!settings.secrets().webhooks().isEmpty()));
    PrintWriter out = spec.commandLine().getOut();
    out.println(tree.toPrettyString());
    out.flush();
    return ExitCode.DONE;
  }

  private static String said(boolean isSet) {
    return isSet ? "set" : "not set";
  }
}
