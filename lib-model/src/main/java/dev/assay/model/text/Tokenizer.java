package dev.assay.model.text;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import dev.assay.model.checkpoint.CheckpointFiles;
import dev.assay.model.rejection.RejectedCheckpointException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/**
 * A Hugging Face tokenizer, read from tokenizer.json alone, without truncation and padding. Safe
 * for use by several threads; holds native memory until closed.
 */
public final class Tokenizer implements AutoCloseable {
  private final HuggingFaceTokenizer tokenizer;
  private final TokenizerFile file;
  private final String digest;

  private Tokenizer(HuggingFaceTokenizer tokenizer, TokenizerFile file, String digest) {
    this.tokenizer = tokenizer;
    this.file = file;
    this.digest = digest;
  }

  /**
   * Reads a tokenizer, whoever chose it: it must pass {@link TokenizerGate}, and a trial in a
   * process of its own, before this process loads it.
   *
   * @throws RejectedCheckpointException if the file is beyond a limit, is not a tokenizer, or holds
   *     what is not on the list
   * @throws IOException if it cannot be read, or no process can be had to try it in
   */
  public static Tokenizer open(Path tokenizerJson, TokenizerLimits limits)
      throws RejectedCheckpointException, IOException {
    byte[] json = TokenizerGate.read(tokenizerJson, limits);
    TokenizerFile file = TokenizerFile.parse(json, limits);
    TokenizerGate.require(file);
    return tried(json, file);
  }

  /**
   * Reads a folder's tokenizer as transformers does: where the files beside its tokenizer.json ask
   * for other ids than that one gives, it is refused.
   *
   * @throws RejectedCheckpointException as {@link #open} does, and by those files
   * @throws java.nio.file.NoSuchFileException if there is no tokenizer.json
   */
  public static Tokenizer openFolder(Path folder, TokenizerLimits limits)
      throws RejectedCheckpointException, IOException {
    byte[] json = TokenizerGate.read(folder.resolve(CheckpointFiles.TOKENIZER), limits);
    TokenizerFile file = TokenizerFile.parse(json, limits);
    TokenizerGate.require(file);
    TokenizerSettings.require(folder, file);
    return tried(json, file);
  }

  private static Tokenizer tried(byte[] json, TokenizerFile file)
      throws RejectedCheckpointException, IOException {
    TokenizerTrial.require(json);
    return new Tokenizer(load(json), file, TokenizerGate.digest(json));
  }

  /**
   * What native code makes of a file, whatever it holds: it may end the process.
   *
   * @throws RuntimeException if native code refuses it
   */
  static HuggingFaceTokenizer load(byte[] json) throws IOException {
    return HuggingFaceTokenizer.newInstance(
        new ByteArrayInputStream(json), Map.of("truncation", "false", "padding", "false"));
  }

  /** SHA-256 of the file, in lower-case hexadecimal. */
  public String digest() {
    return digest;
  }

  /** One more than the largest token id. */
  public int vocabulary() {
    return file.largestId() + 1;
  }

  /** The added tokens that are marked special, with their ids. */
  public Map<String, Integer> specialTokens() {
    return file.specialTokens();
  }

  /** Whether a text is one token wherever it stands. */
  boolean isToken(String text) {
    return file.added().containsKey(text) && encode(text).length == 1;
  }

  /** The ids of a text; special tokens in it are recognised, and none are added. */
  public int[] encode(String text) {
    return narrow(tokenizer.encode(text, false, false).getIds());
  }

  /**
   * The ids of a rendered sample, cut at {@code maxTokens}. The prompt's share ends before the
   * first token that reaches beyond the response's first character.
   */
  EncodedSample encode(ChatTemplate.Rendered sample, int maxTokens) {
    Encoding encoding = tokenizer.encode(sample.text(), false, false);
    CharSpan[] spans = encoding.getCharTokenSpans();
    // The tokenizer counts code points, Java UTF-16 units.
    int border = sample.text().codePointCount(0, sample.responseStart());
    int promptLength = 0;
    while (promptLength < spans.length && endsWithin(spans[promptLength], border)) {
      promptLength++;
    }
    int[] ids = narrow(encoding.getIds());
    int length = Math.min(ids.length, maxTokens);
    return new EncodedSample(Arrays.copyOf(ids, length), Math.min(promptLength, length));
  }

  /** A token without a span stands for no character, and so belongs to what is around it. */
  private static boolean endsWithin(CharSpan span, int border) {
    return span == null || span.getEnd() <= border;
  }

  /** The text of ids, special tokens included. */
  public String decode(int[] ids) {
    long[] wide = new long[ids.length];
    for (int i = 0; i < ids.length; i++) {
      wide[i] = ids[i];
    }
    return tokenizer.decode(wide, false);
  }

  @Override
  public void close() {
    tokenizer.close();
  }

  private static int[] narrow(long[] ids) {
    int[] narrow = new int[ids.length];
    for (int i = 0; i < ids.length; i++) {
      narrow[i] = Math.toIntExact(ids[i]);
    }
    return narrow;
  }
}
