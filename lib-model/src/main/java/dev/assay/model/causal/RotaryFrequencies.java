package dev.assay.model.causal;

import dev.assay.model.architecture.Rotary;
import dev.assay.model.architecture.RotaryScaling;
import java.util.List;

/**
 * The angles, in radians a position, by which pairs of a head's dimensions turn, under every
 * scaling that transformers/modeling_rope_utils.py defines. Some depend on a length: that of the
 * longest sample there can be, since a sample's own would tell each position where it ends.
 */
final class RotaryFrequencies {
  private final Rotary rotary;

  RotaryFrequencies(Rotary rotary) {
    this.rotary = rotary;
  }

  /**
   * One frequency for each half of the rotated dimensions.
   *
   * @param length tokens of the longest sample there can be
   */
  double[] at(int length) {
    RotaryScaling scaling = rotary.scaling();
    if (scaling instanceof RotaryScaling.Linear linear) {
      return divided(plain(rotary.theta()), linear.factor());
    }
    if (scaling instanceof RotaryScaling.Dynamic dynamic) {
      return plain(stretchedBase(dynamic, length));
    }
    if (scaling instanceof RotaryScaling.Yarn yarn) {
      return yarn(yarn);
    }
    if (scaling instanceof RotaryScaling.Llama3 llama3) {
      return llama3(llama3);
    }
    if (scaling instanceof RotaryScaling.LongRope longRope) {
      return longRope(longRope, length);
    }
    return plain(rotary.theta());
  }

  /** What cosine and sine are multiplied by. */
  double scale() {
    if (rotary.scaling() instanceof RotaryScaling.Yarn yarn) {
      return yarn.attentionFactor();
    }
    if (rotary.scaling() instanceof RotaryScaling.LongRope longRope) {
      return longRope.attentionFactor();
    }
    return 1;
  }

  private double[] plain(double theta) {
    double[] frequencies = new double[rotary.dimensions() / 2];
    for (int i = 0; i < frequencies.length; i++) {
      frequencies[i] = Math.pow(theta, -2.0 * i / rotary.dimensions());
    }
    return frequencies;
  }

  private static double[] divided(double[] frequencies, double factor) {
    for (int i = 0; i < frequencies.length; i++) {
      frequencies[i] /= factor;
    }
    return frequencies;
  }

  private double stretchedBase(RotaryScaling.Dynamic dynamic, int length) {
    double ratio =
        Math.max(length, dynamic.originalPositions()) / (double) dynamic.originalPositions();
    double dimensions = rotary.dimensions();
    double growth = dynamic.factor() * ratio - (dynamic.factor() - 1);
    return rotary.theta() * Math.pow(growth, dimensions / (dimensions - 2));
  }

  private double[] llama3(RotaryScaling.Llama3 llama3) {
    double[] frequencies = plain(rotary.theta());
    for (int i = 0; i < frequencies.length; i++) {
      double turns = llama3.originalPositions() * frequencies[i] / (2 * Math.PI);
      double smooth =
          (turns - llama3.lowFrequencyFactor())
              / (llama3.highFrequencyFactor() - llama3.lowFrequencyFactor());
      smooth = Math.min(1, Math.max(0, smooth));
      frequencies[i] *= (1 - smooth) / llama3.factor() + smooth;
    }
    return frequencies;
  }

  private double[] yarn(RotaryScaling.Yarn yarn) {
    double low = yarnDimension(yarn, yarn.betaFast());
    double high = yarnDimension(yarn, yarn.betaSlow());
    if (yarn.truncate()) {
      low = Math.floor(low);
      high = Math.ceil(high);
    }
    low = Math.max(low, 0);
    high = Math.min(high, rotary.dimensions() - 1);
    if (low == high) {
      high += 0.001;
    }
    double[] frequencies = plain(rotary.theta());
    for (int i = 0; i < frequencies.length; i++) {
      double ramp = Math.min(1, Math.max(0, (i - low) / (high - low)));
      frequencies[i] *= ramp / yarn.factor() + (1 - ramp);
    }
    return frequencies;
  }

  /** The dimension that makes so many turns within the original length. */
  private double yarnDimension(RotaryScaling.Yarn yarn, double turns) {
    return rotary.dimensions()
        * Math.log(yarn.originalPositions() / (turns * 2 * Math.PI))
        / (2 * Math.log(rotary.theta()));
  }

  private double[] longRope(RotaryScaling.LongRope longRope, int length) {
    List<Double> factors =
        length > longRope.originalPositions() ? longRope.longFactors() : longRope.shortFactors();
    double[] frequencies = plain(rotary.theta());
    for (int i = 0; i < frequencies.length; i++) {
      frequencies[i] /= factors.get(i);
    }
    return frequencies;
  }
}
