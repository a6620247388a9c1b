package dev.assay.report.curve;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The losses of a training run over its steps, as characters and as a picture.
 *
 * @param training of the steps, finite
 * @param heldOut of the held-out samples, finite
 */
public record LossCurve(List<Point> training, List<Point> heldOut) {
  private static final int COLUMNS = 70;
  private static final int ROWS = 12;

  /** A loss after so many steps. */
  public record Point(int step, double loss) {}

  public LossCurve {
    training = List.copyOf(training);
    heldOut = List.copyOf(heldOut);
  }

  double lowest() {
    return all().mapToDouble(Point::loss).min().orElse(0);
  }

  /** Above the lowest, even where all losses are the same. */
  double highest() {
    return Math.max(all().mapToDouble(Point::loss).max().orElse(1), lowest() + 1e-9);
  }

  int lastStep() {
    return Math.max(1, all().mapToInt(Point::step).max().orElse(1));
  }

  private Stream<Point> all() {
    return Stream.concat(training.stream(), heldOut.stream());
  }

  /** At most 80 characters wide: a dot is a step's loss, an o that of the held-out samples. */
  public List<String> lines() {
    char[][] cells = new char[ROWS][COLUMNS];
    for (char[] row : cells) {
      Arrays.fill(row, ' ');
    }
    training.forEach(point -> cells[row(point)][column(point)] = '.');
    heldOut.forEach(point -> cells[row(point)][column(point)] = 'o');
    List<String> lines = new ArrayList<>();
    for (int row = 0; row < ROWS; row++) {
      double loss = highest() - (highest() - lowest()) * row / (ROWS - 1);
      lines.add(
          String.format(Locale.ROOT, "%8.3f |%s", loss, new String(cells[row])).stripTrailing());
    }
    lines.add(" ".repeat(9) + "+" + "-".repeat(COLUMNS));
    String last = "step " + lastStep();
    lines.add(" ".repeat(10) + "0" + " ".repeat(COLUMNS - 1 - last.length()) + last);
    lines.add(" ".repeat(10) + ". training   o held-out samples");
    return lines;
  }

  private int column(Point point) {
    return (int) ((long) point.step() * (COLUMNS - 1) / lastStep());
  }

  private int row(Point point) {
    return (int) Math.round((highest() - point.loss()) / (highest() - lowest()) * (ROWS - 1));
  }

  /** Writes a PNG; an earlier one is replaced. */
  public void write(Path file) throws IOException {
    LossPicture.write(this, file);
  }
}
