package dev.assay.score.rules;

import dev.assay.score.Limits;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What models compete in, and by which rules.
 *
 * @param id what a commitment names: 1 to 8 letters or digits (the original's are one or two)
 * @param families the {@code model_type}s that may take part, for example {@code llama}
 * @param minParameters the fewest parameters of a model, at least 0
 * @param maxParameters the most parameters of a model
 * @param maxBytes the most bytes of a published repository
 * @param tokenizer the one tokenizer, as its repository or folder is named
 * @param template the chat template's name
 * @param sequenceLength tokens after which a sample is cut, at least 2
 * @param samples how many samples a model is judged on
 * @param rewardShare what the competition pays of everything, above 0 and at most 1
 * @param dtype name of the number format of the evaluation, as losses are kept under: {@code f32},
 *     {@code bf16}
 * @param norms limits on the tensors' norms, where there are any
 * @param computation limits on what a model computes for a token
 * @param base the model that all start from, as {@code namespace/name@commit} of the hub, by which
 *     near-duplicates are told from independent models; without it none are looked for
 * @param policy how losses become weights
 */
public record Competition(
    String id,
    List<String> families,
    long minParameters,
    long maxParameters,
    long maxBytes,
    String tokenizer,
    String template,
    int sequenceLength,
    int samples,
    double rewardShare,
    String dtype,
    Optional<NormBounds> norms,
    ComputationBounds computation,
    Optional<String> base,
    Policy policy) {
  private static final Pattern BASE =
      Pattern.compile("[A-Za-z0-9._-]{1,96}/[A-Za-z0-9._-]{1,96}@[0-9a-f]{40}");
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9]{1,8}");

  public Competition {
    Objects.requireNonNull(id, "id");
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException(
          "competition.id: is \"" + id + "\", must be 1 to 8 letters or digits");
    }
    String of = "competition " + id + ": ";
    List<String> named = List.copyOf(families);
    families = named;
    Objects.requireNonNull(norms, of + "norms");
    Objects.requireNonNull(computation, of + "computation");
    Limits.all(
        () -> checkFamilies(of, named),
        () -> Limits.atLeast(of + "min_parameters", minParameters, 0),
        () -> Limits.atLeast(of + "max_parameters", maxParameters, Math.max(1, minParameters)),
        () -> Limits.atLeast(of + "max_size", maxBytes, 1),
        () -> notBlank(of + "tokenizer", tokenizer),
        () -> notBlank(of + "template", template),
        () -> notBlank(of + "dtype", dtype),
        () -> Limits.atLeast(of + "sequence_length", sequenceLength, 2),
        () -> Limits.atLeast(of + "samples", samples, 1),
        () -> checkShare("reward_share of competition " + id, rewardShare),
        () -> base.ifPresent(model -> checkBase(of, model)));
    Objects.requireNonNull(policy, of + "policy");
  }

  private static void checkFamilies(String of, List<String> families) {
    if (families.isEmpty() || new HashSet<>(families).size() < families.size()) {
      throw new IllegalArgumentException(
          of + "families: is " + families + ", must name at least one, and none twice");
    }
  }

  private static void checkShare(String name, double share) {
    Limits.above(name, share, 0);
    Limits.between(name, share, 0, 1);
  }

  private static void checkBase(String of, String model) {
    if (!BASE.matcher(model).matches()) {
      throw new IllegalArgumentException(
          of + "base: is \"" + model + "\", must be namespace/name@ and a full commit id");
    }
  }

  private static void notBlank(String name, String value) {
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException(name + ": is blank, must name one");
    }
  }
}
