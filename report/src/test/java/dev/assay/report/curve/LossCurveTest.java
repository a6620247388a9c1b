package dev.assay.report.curve;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LossCurveTest {
  private static final LossCurve CURVE =
      new LossCurve(
          IntStream.rangeClosed(1, 200)
              .mapToObj(step -> new LossCurve.Point(step, 4 / Math.sqrt(step)))
              .toList(),
          List.of(new LossCurve.Point(0, 4), new LossCurve.Point(200, 0.5)));

  @TempDir private Path folder;

  @Test
  void linesShowBothLossesFromTopToBottom() {
    List<String> lines = CURVE.lines();

    assertThat(lines).allMatch(line -> line.length() <= 80);
    assertThat(lines.get(0)).startsWith("   4.000 |o");
    assertThat(lines.get(11)).startsWith("   0.283 |").contains("...");
    assertThat(lines.get(10)).contains("o");
    assertThat(lines.get(13)).endsWith("step 200");
  }

  @Test
  void aCurveOfNothingOrOfOneValueIsDrawn() throws Exception {
    LossCurve flat = new LossCurve(List.of(new LossCurve.Point(1, 2)), List.of());

    assertThat(flat.lines()).anyMatch(line -> line.contains("."));
    assertThat(new LossCurve(List.of(), List.of()).lines()).hasSize(15);
    flat.write(folder.resolve("flat.png"));
  }

  @Test
  void thePictureHasBothColours() throws Exception {
    Path file = folder.resolve("loss.png");
    CURVE.write(file);
    CURVE.write(file);

    BufferedImage image = ImageIO.read(file.toFile());
    assertThat(image.getWidth()).isEqualTo(900);
    int[] pixels = image.getRGB(0, 0, 900, 480, null, 0, 900);
    assertThat(pixels).contains(0xff3b6fb5, 0xffc44e20);
  }
}
