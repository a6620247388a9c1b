package dev.assay.jobs.simulation;

import dev.assay.jobs.TextDigest;
import dev.assay.jobs.tables.AttemptRow;
import dev.assay.jobs.tables.CheckpointRow;
import dev.assay.jobs.tables.CommitmentRow;
import dev.assay.jobs.tables.EvaluationRow;
import dev.assay.jobs.tables.EvidenceRow;
import dev.assay.jobs.tables.LossRow;
import dev.assay.jobs.tables.SampleRow;
import dev.assay.jobs.tables.ScoreRow;
import dev.assay.jobs.tables.VerdictRow;
import dev.assay.jobs.tables.WeightRow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * The rows that one evaluation leaves in a warehouse. Values are made up and as long as real ones;
 * the same number gives the same rows.
 *
 * @param number of the evaluation, from 0; it judges the window of that number
 * @param models that it judges
 */
record MadeUpEvaluation(int number, int models) {
  private static final int WINDOW = 100;
  private static final int SAMPLES = 400;
  private static final String COMPETITION = "b1";
  private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");

  private String id() {
    return digest("evaluation " + number);
  }

  private long block() {
    return (long) WINDOW * (number + 1);
  }

  private Instant time() {
    return TIME.plusSeconds(12 * block());
  }

  private static String digest(String text) {
    return TextDigest.of(text);
  }

  private static String revision(int model) {
    return digest("revision " + model).substring(0, 40);
  }

  private static String hotkey(int model) {
    return "5" + digest("hotkey " + model).substring(0, 47);
  }

  private static String repository(int model) {
    return "miner-" + model + "/model";
  }

  private String sample(int index) {
    return digest("sample " + number + " " + index);
  }

  private <T> List<T> each(int count, IntFunction<T> row) {
    return IntStream.range(0, count).mapToObj(row).toList();
  }

  /** As a snapshot takes them. */
  List<SampleRow> samples() {
    return each(
        SAMPLES,
        index ->
            new SampleRow(
                sample(index),
                "What is thing number " + index + " of window " + number + "?",
                "The thing after number " + (index - 1) + ".",
                hotkey(index % 8),
                block() - WINDOW + index % WINDOW,
                time(),
                digest("signature").repeat(2)));
  }

  List<CommitmentRow> commitments() {
    return each(
        models,
        model ->
            new CommitmentRow(
                6,
                block(),
                "0x" + digest("block " + number),
                hotkey(model),
                model,
                1,
                1,
                digest("commitment " + model).repeat(4),
                Optional.of(repository(model) + ":" + revision(model)),
                Optional.of("Raw")));
  }

  List<CheckpointRow> checkpoints() {
    return each(
        models,
        model ->
            new CheckpointRow(
                repository(model),
                revision(model),
                digest("gate"),
                digest("listing " + model),
                digest("directory " + model),
                digest("model " + model),
                16_000_000_000L,
                "ACCEPTED",
                Optional.empty()));
  }

  /** One model's, which are committed as it ends. */
  List<LossRow> losses(int model) {
    return each(
        SAMPLES,
        index ->
            new LossRow(
                digest("model " + model),
                sample(index),
                digest("tokenizer"),
                "plain",
                2_048,
                "f32",
                "f32-mkl-single-6-torch2.7.1-amx_bf16",
                "OK",
                100 + index + model / 256.0,
                40,
                block() - WINDOW + index % WINDOW));
  }

  List<AttemptRow> attempts() {
    return each(
        models,
        model ->
            new AttemptRow(
                id(),
                repository(model),
                revision(model),
                time(),
                1,
                Optional.of("1"),
                Optional.of("127.0.0.1"),
                Optional.of("cpu"),
                "ACCEPTED",
                Optional.empty(),
                "",
                10,
                0,
                100,
                3_000,
                3_200,
                16_000_000_000L,
                16_000));
  }

  List<VerdictRow> verdicts() {
    return each(
        models,
        model ->
            new VerdictRow(
                id(),
                hotkey(model),
                model,
                1,
                1,
                Optional.of(COMPETITION),
                Optional.of(repository(model)),
                Optional.of(revision(model)),
                Optional.of(digest("model " + model)),
                "ACCEPTED",
                Optional.empty(),
                "",
                1,
                SAMPLES,
                SAMPLES,
                16_000,
                Optional.of(2.5 + model / 256.0),
                16_000_000_000L,
                0,
                100,
                3_000,
                Optional.of("1"),
                Optional.of("cpu")));
  }

  List<ScoreRow> scores() {
    return each(
        models,
        model ->
            new ScoreRow(
                id(),
                hotkey(model),
                model,
                1,
                COMPETITION,
                Optional.of(digest("model " + model)),
                "ACCEPTED",
                1_000,
                2_000,
                0.5,
                1.0 / models,
                1.0 / models,
                65_535 / models,
                true,
                Optional.of(1.0 / models),
                0));
  }

  List<EvidenceRow> evidence() {
    return each(
        models - 1,
        model ->
            new EvidenceRow(
                id(),
                COMPETITION,
                hotkey(model),
                hotkey(model + 1),
                number,
                8,
                SAMPLES,
                0.1,
                1_000,
                0.2,
                0.3,
                0.4,
                0.5,
                0.6,
                0.7,
                true));
  }

  EvaluationRow evaluation() {
    return new EvaluationRow(
        id(),
        6,
        0,
        block(),
        "0x" + digest("block " + number),
        number,
        "0x" + digest("seed " + number),
        "assay-1",
        Optional.of(digest("evaluation " + (number - 1))),
        digest("samples " + number),
        SAMPLES,
        models,
        models,
        "{\"configuration\":\"" + "made up ".repeat(500) + "\"}",
        "{\"assay\":\"made up\"}",
        3_200L * models,
        16_000_000_000L * models,
        time(),
        time(),
        Optional.of("0x" + digest("genesis")));
  }

  /** One event in setting its weights. */
  WeightRow weights(String event) {
    List<Integer> uids = each(models, model -> model);
    return new WeightRow(
        6,
        0,
        hotkey(0),
        number,
        event,
        1,
        id(),
        uids,
        uids,
        27,
        Optional.of("0x" + digest("extrinsic " + number)),
        Optional.of(block()),
        Optional.of("0x" + digest("block " + number)),
        0,
        "",
        time(),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        Optional.of("0x" + digest("genesis")),
        Optional.empty());
  }
}
