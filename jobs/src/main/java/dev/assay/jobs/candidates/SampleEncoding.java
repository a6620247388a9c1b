package dev.assay.jobs.candidates;

import dev.assay.jobs.NotReadyException;
import dev.assay.jobs.config.ConfigurationException;
import dev.assay.jobs.tables.SampleRow;
import dev.assay.jobs.work.EncodedSamples;
import dev.assay.model.causal.Precision;
import dev.assay.model.loss.Batching;
import dev.assay.model.text.SampleEncoder;
import dev.assay.model.text.Tokenizer;
import dev.assay.score.rules.Competition;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Encodes a window's samples by the tokenizers and templates of competitions.
 *
 * @param batching how the samples share a model's forward passes
 */
public record SampleEncoding(TokenizerSource tokenizers, Batching batching) {
  private interface Use<T> {
    T of(Tokenizer tokenizer, SampleEncoder encoder) throws IOException, InterruptedException;
  }

  /**
   * Opens every competition's tokenizer. A pair that does not fit is the operator's to mend, before
   * anything is asked of the hub.
   *
   * @throws ConfigurationException naming a tokenizer and what does not fit
   * @throws NotReadyException if one can't be had now
   */
  public void check(Collection<Competition> competitions) throws InterruptedException {
    for (Competition competition : competitions) {
      with(competition, (tokenizer, encoder) -> tokenizer);
    }
  }

  /** Each competition's samples, by its id. */
  public Map<String, EncodedSamples> encode(
      Collection<Competition> competitions, WindowSamples samples) throws InterruptedException {
    Map<String, EncodedSamples> encoded = new HashMap<>();
    for (Competition competition : competitions) {
      encoded.put(
          competition.id(),
          with(
              competition,
              (tokenizer, encoder) ->
                  encoded(competition, samples.of(competition), encoder, tokenizer.digest())));
    }
    return encoded;
  }

  private EncodedSamples encoded(
      Competition competition, List<SampleRow> samples, SampleEncoder encoder, String digest) {
    return EncodedSamples.of(
        samples,
        samples.stream().map(sample -> encoder.encode(sample.prompt(), sample.response())).toList(),
        digest,
        competition.template(),
        competition.sequenceLength(),
        Precision.named(competition.dtype()),
        batching);
  }

  private <T> T with(Competition competition, Use<T> use) throws InterruptedException {
    String name = competition.tokenizer();
    try (Tokenizer tokenizer = tokenizers.open(name)) {
      return use.of(
          tokenizer,
          tokenizers.encoder(
              tokenizer, name, competition.template(), competition.sequenceLength()));
    } catch (NoSuchFileException missing) {
      throw new ConfigurationException(
          "the tokenizer " + name + " lacks the file " + missing.getFile());
    } catch (IOException unreadable) {
      throw new NotReadyException(
          "the tokenizer %s cannot be kept in %s: %s; fix it, run again"
              .formatted(name, tokenizers.cache(), unreadable));
    }
  }
}
