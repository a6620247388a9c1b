package dev.assay.jobs.resemblance;

import java.util.Arrays;

/**
 * What of a sample is compared with others: its response and the end of its prompt, in lower case,
 * with one space for whatever is neither letter nor digit. Of the prompt no more counts than the
 * response is long, so that a long introduction that many prompts share makes no two samples alike.
 */
final class ComparedText {
  /** Code points of a prompt's end that count however short the response is. */
  private static final int LEAST_PROMPT = 64;

  private ComparedText() {}

  /** The code points of it; those of the texts as they are where they have no letter or digit. */
  static int[] of(String prompt, String response) {
    int[] answer = letters(response);
    int[] question = letters(prompt);
    int most = Math.max(LEAST_PROMPT, answer.length);
    int from = Math.max(0, question.length - most);
    int kept = question.length - from;
    if (kept + answer.length == 0) {
      return (prompt + response).codePoints().toArray();
    }
    int[] text =
        Arrays.copyOf(
            Arrays.copyOfRange(question, from, question.length), kept + answer.length + 1);
    text[kept] = ' ';
    System.arraycopy(answer, 0, text, kept + 1, answer.length);
    return text;
  }

  private static int[] letters(String text) {
    int[] letters = new int[text.length()];
    int count = 0;
    for (int at = 0; at < text.length(); ) {
      int point = text.codePointAt(at);
      at += Character.charCount(point);
      if (Character.isLetterOrDigit(point)) {
        letters[count++] = Character.toLowerCase(point);
      } else if (count > 0 && letters[count - 1] != ' ') {
        letters[count++] = ' ';
      }
    }
    return Arrays.copyOf(letters, count > 0 && letters[count - 1] == ' ' ? count - 1 : count);
  }
}
