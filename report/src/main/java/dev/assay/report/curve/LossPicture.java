package dev.assay.report.curve;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;

/** A loss curve drawn as a PNG of 900 × 480 pixels, without a display. */
final class LossPicture {
  private static final int WIDTH = 900;
  private static final int HEIGHT = 480;
  private static final int LEFT = 70;
  private static final int TOP = 40;
  private static final int RIGHT = WIDTH - 20;
  private static final int BOTTOM = HEIGHT - 50;
  private static final int LINES = 5;
  private static final Color GRID = new Color(0xdd, 0xdd, 0xdd);
  private static final Color TRAINING = new Color(0x3b, 0x6f, 0xb5);
  private static final Color HELD_OUT = new Color(0xc4, 0x4e, 0x20);

  private final LossCurve curve;
  private final Graphics2D canvas;

  private LossPicture(LossCurve curve, Graphics2D canvas) {
    this.curve = curve;
    this.canvas = canvas;
  }

  static void write(LossCurve curve, Path file) throws IOException {
    // Nothing is shown: a machine without a display draws as well.
    System.setProperty("java.awt.headless", "true");
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D canvas = image.createGraphics();
    try {
      canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      new LossPicture(curve, canvas).draw();
    } finally {
      canvas.dispose();
    }
    Path partial = file.resolveSibling(file.getFileName() + ".partial");
    ImageIO.write(image, "png", partial.toFile());
    Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private void draw() {
    canvas.setColor(Color.WHITE);
    canvas.fillRect(0, 0, WIDTH, HEIGHT);
    for (int line = 0; line < LINES; line++) {
      double share = line / (double) (LINES - 1);
      double loss = curve.lowest() + share * (curve.highest() - curve.lowest());
      canvas.setColor(GRID);
      canvas.drawLine(LEFT, y(loss), RIGHT, y(loss));
      label(String.format(Locale.ROOT, "%.3f", loss), LEFT - 55, y(loss) + 5, Color.BLACK);
      long step = Math.round(share * curve.lastStep());
      label(Long.toString(step), x((double) step) - 10, BOTTOM + 20, Color.BLACK);
    }
    label("step", (LEFT + RIGHT) / 2, HEIGHT - 12, Color.BLACK);
    label("training loss", LEFT, 24, TRAINING);
    label("held-out samples", LEFT + 120, 24, HELD_OUT);
    line(curve.training(), TRAINING, 1.2f);
    line(curve.heldOut(), HELD_OUT, 2f);
    for (LossCurve.Point point : curve.heldOut()) {
      canvas.fill(new Ellipse2D.Double(x(point.step()) - 3.5, y(point.loss()) - 3.5, 7, 7));
    }
  }

  private void line(List<LossCurve.Point> points, Color colour, float width) {
    Path2D line = new Path2D.Double();
    for (LossCurve.Point point : points) {
      if (line.getCurrentPoint() == null) {
        line.moveTo(x(point.step()), y(point.loss()));
      } else {
        line.lineTo(x(point.step()), y(point.loss()));
      }
    }
    canvas.setColor(colour);
    canvas.setStroke(new BasicStroke(width));
    canvas.draw(line);
  }

  /** A machine without fonts shows the curve alone. */
  private void label(String text, int x, int y, Color colour) {
    canvas.setColor(colour);
    try {
      canvas.drawString(text, x, y);
    } catch (RuntimeException | LinkageError withoutFonts) {
      // The numbers are in the run's log as well.
    }
  }

  private int x(double step) {
    return (int) Math.round(LEFT + step / curve.lastStep() * (RIGHT - LEFT));
  }

  private int y(double loss) {
    double share = (loss - curve.lowest()) / (curve.highest() - curve.lowest());
    return (int) Math.round(BOTTOM - share * (BOTTOM - TOP));
  }
}
