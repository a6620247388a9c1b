package dev.assay.jobs.config;

import java.util.List;

/**
 * The rules of one competition.
 *
 * @param id one or two characters, as the commitment carries it
 * @param families architectures admitted, named by config.json's model_type
 * @param maxParameters most parameters of a model
 * @param tokenizer its own name: a repository on the hub, a folder, or {@code byte}
 * @param template name of the chat template
 * @param sequenceLength where a sample is cut, in tokens
 * @param dtype of the computation, f32 or bf16
 * @param rewardShare of the subnet's incentive, 0 to 1
 */
public record CompetitionRules(
    String id,
    List<String> families,
    long maxParameters,
    String tokenizer,
    String template,
    int sequenceLength,
    String dtype,
    double rewardShare) {
  public CompetitionRules {
    if (id == null || !id.matches("[a-z0-9]{1,2}")) {
      throw new IllegalArgumentException(
          "competitions.id is " + id + "; one or two lower-case letters or digits");
    }
    if (families == null || families.isEmpty()) {
      throw new IllegalArgumentException("competitions.families of " + id + " is empty");
    }
    families = List.copyOf(families);
    Require.atLeast("competitions.max_parameters of " + id, maxParameters, 1);
    Require.present("competitions.tokenizer of " + id, tokenizer);
    Require.present("competitions.template of " + id, template);
    Require.atLeast("competitions.sequence_length of " + id, sequenceLength, 2);
    if (!"f32".equals(dtype) && !"bf16".equals(dtype)) {
      throw new IllegalArgumentException(
          "competitions.dtype of " + id + " is " + dtype + "; f32 or bf16");
    }
    Require.within("competitions.reward_share of " + id, rewardShare, 0, 1);
  }
}
