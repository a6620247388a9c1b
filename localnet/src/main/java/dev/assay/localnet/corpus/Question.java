package dev.assay.localnet.corpus;

import java.util.ArrayList;
import java.util.List;

/** The questions that a meaning answers. */
record Question(String text, String answer) {

  Sample sample() {
    return new Sample(text, answer);
  }

  /** All of them, in a fixed order; at least one. */
  static List<Question> about(WordSense sense) {
    List<Question> questions = new ArrayList<>();
    String word = sense.word();
    String meaning = capitalised(sense.definition()) + ".";
    questions.add(new Question("What does \"" + word + "\" mean?", meaning));
    questions.add(new Question("Define the word \"" + word + "\".", meaning));
    questions.add(new Question("What is " + withArticle(word) + "?", meaning));
    questions.add(
        new Question("Which word means \"" + sense.definition() + "\"?", capitalised(word) + "."));
    sense
        .synonym()
        .ifPresent(
            other -> {
              String answer = "Another word for " + word + " is " + other + ".";
              questions.add(new Question("Give another word for \"" + word + "\".", answer));
              questions.add(
                  new Question("What else can " + withArticle(word) + " be called?", answer));
            });
    sense
        .kind()
        .ifPresent(
            kind -> {
              String answer = capitalised(withArticle(word)) + " is a kind of " + kind + ".";
              questions.add(
                  new Question("What kind of thing is " + withArticle(word) + "?", answer));
              questions.add(
                  new Question("Complete: " + word + " is a kind of", capitalised(kind) + "."));
            });
    return questions;
  }

  private static String withArticle(String word) {
    return ("aeiou".indexOf(word.charAt(0)) >= 0 ? "an " : "a ") + word;
  }

  private static String capitalised(String text) {
    return Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }
}
