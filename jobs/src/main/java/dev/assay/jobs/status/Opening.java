package dev.assay.jobs.status;

import dev.assay.jobs.submit.WindowStanding;
import dev.assay.score.sampling.Window;
import java.util.Optional;

/** Whether a window still wants something of a validator, and why. */
record Opening(boolean isOpen, String reason) {
  static Opening of(
      Window window,
      Weights weights,
      Optional<WindowStanding> standing,
      Optional<String> evaluation) {
    long next = window.firstBlock() + window.blocks();
    if (window.number() == 0) {
      return new Opening(
          false,
          "the chain's first window is judged on no samples; the next opens at block " + next);
    }
    return switch (weights) {
      case SET -> new Opening(false, "its weights are set; the next window opens at block " + next);
      case COMMITTED ->
          standing.orElseThrow().byHash()
              ? new Opening(true, "its weights are committed by a hash, and submit reveals them")
              : new Opening(
                  false,
                  "its weights are committed, and the chain reveals them by itself; the next window"
                      + " opens at block "
                      + next);
      case NONE, INTENDED ->
          new Opening(
              true,
              evaluation.isPresent()
                  ? "it is evaluated, and its weights are not set"
                  : "it has no evaluation and no weights");
      case SENT ->
          new Opening(true, "its weights were sent, and submit finds out what became of them");
      case FAILED -> new Opening(true, "the chain refused its weights: " + why(standing));
      case EXPIRED -> new Opening(true, "the chain dropped its weights unrevealed; submit again");
      case FOREIGN ->
          new Opening(
              true,
              "something else has set this hotkey's weights; stop it, then submit with"
                  + " --accept-update");
      case UNREGISTERED -> new Opening(true, "the hotkey is not registered in the subnet");
      case NO_HOTKEY -> new Opening(true, "the wallet has no such hotkey, so nothing can be set");
    };
  }

  private static String why(Optional<WindowStanding> standing) {
    return standing.map(WindowStanding::reason).filter(text -> !text.isEmpty()).orElse("unknown");
  }
}
