package dev.assay.cli.terminal;

import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * A table on standard output: as wide as the terminal for people, JSON or CSV for programs. A
 * command that answers with one mixes this in.
 */
public final class ListingOutput {
  private static final class Form {
    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Option(names = "--csv", description = "Print CSV, with a line of headings.")
    private boolean csv;
  }

  @ArgGroup private Form form = new Form();

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  /**
   * Prints an answer.
   *
   * @param answer a record, for JSON
   * @param heading lines before the table, for people
   */
  public void print(Object answer, List<String> heading, Listing listing) {
    PrintWriter out = command.commandLine().getOut();
    if (form.json) {
      out.println(Json.line(answer));
    } else if (form.csv) {
      listing.csv().forEach(out::println);
    } else {
      heading.forEach(out::println);
      // The launcher knows the terminal; without one a line may be of any length.
      listing.lines(Integer.getInteger("assay.columns", 0)).forEach(out::println);
    }
    out.flush();
  }
}
