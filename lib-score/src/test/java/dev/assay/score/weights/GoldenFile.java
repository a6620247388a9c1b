package dev.assay.score.weights;

import dev.assay.score.entry.Entry;
import dev.assay.score.entry.Losses;
import dev.assay.score.entry.ModelResult;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** What the original answers, as src/test/resources/nous-0.2.7/README.md describes the file. */
record GoldenFile(List<Case> cases) {
  record Case(String name, List<Step> steps) {
    @Override
    public String toString() {
      return name;
    }
  }

  record Step(
      double share,
      int competitions,
      List<ModelResult> models,
      Map<Integer, Expected> expected,
      List<Double> weights,
      List<Integer> kept,
      List<Integer> duplicates) {}

  record Expected(long wins, double winRate, double stepWeight) {}

  static GoldenFile read() {
    List<Case> cases = new ArrayList<>();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                GoldenFile.class.getResourceAsStream("/nous-0.2.7/golden.txt"),
                StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        add(cases, line);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new GoldenFile(cases);
  }

  private static void add(List<Case> cases, String line) {
    List<String> words = Arrays.asList(line.split(" ", -1));
    if (words.get(0).equals("case")) {
      cases.add(new Case(line.substring(5), new ArrayList<>()));
      return;
    }
    List<Step> steps = cases.get(cases.size() - 1).steps();
    if (words.get(0).equals("step")) {
      steps.add(
          new Step(
              Double.parseDouble(words.get(1)),
              Integer.parseInt(words.get(2)),
              new ArrayList<>(),
              new HashMap<>(),
              new ArrayList<>(),
              new ArrayList<>(),
              new ArrayList<>()));
      return;
    }
    fill(steps.get(steps.size() - 1), words.get(0), words.subList(1, words.size()));
  }

  private static void fill(Step step, String kind, List<String> words) {
    switch (kind) {
      case "model" -> step.models().add(model(words));
      case "expect" ->
          step.expected()
              .put(
                  Integer.valueOf(words.get(0)),
                  new Expected(
                      Long.parseLong(words.get(1)),
                      Double.parseDouble(words.get(2)),
                      Double.parseDouble(words.get(3))));
      case "weights" -> words.forEach(word -> step.weights().add(Double.valueOf(word)));
      case "kept" -> words.forEach(word -> step.kept().add(Integer.valueOf(word)));
      case "duplicates" -> words.forEach(word -> step.duplicates().add(Integer.valueOf(word)));
      default -> throw new IllegalArgumentException("golden.txt: unknown line " + kind);
    }
  }

  private static ModelResult model(List<String> words) {
    Entry entry =
        new Entry(
            Integer.parseInt(words.get(0)),
            "h" + words.get(0),
            0,
            Long.parseLong(words.get(1)),
            OptionalInt.empty(),
            words.get(2).equals("-") ? Optional.empty() : Optional.of(words.get(2)));
    double[] losses = words.stream().skip(3).mapToDouble(Double::parseDouble).toArray();
    return ModelResult.accepted(entry, Losses.of(losses));
  }
}
