package dev.assay.jobs.catalog;

import dev.assay.jobs.tables.Comment;
import dev.assay.jobs.tables.RowMapping;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.spark.SparkSchemaUtil;
import org.apache.spark.sql.connector.catalog.TableCatalog;
import org.apache.spark.sql.connector.catalog.View;
import org.apache.spark.sql.types.StructType;

/**
 * A view that comes with the release; nothing of it is stored.
 *
 * @param catalog whose tables it reads
 * @param rowType its components are the columns, in the query's order
 */
record WarehouseView(String catalog, String name, Class<? extends Record> rowType, String query)
    implements View {
  /** The newest evaluation of each subnet and mechanism. */
  private static final String NEWEST =
      """
      (SELECT * FROM
        (SELECT *, row_number() OVER
          (PARTITION BY netuid, mechanism ORDER BY block DESC, evaluation DESC) AS age
         FROM evaluations)
       WHERE age = 1)
      """;

  private static final String LEADERBOARD =
      """
      SELECT e.netuid, e.mechanism, e.block,
        row_number() OVER (PARTITION BY e.netuid, e.mechanism
          ORDER BY coalesce(s.weight, 0) DESC, v.mean_loss ASC NULLS LAST, v.uid) AS place,
        v.uid, v.hotkey, v.competition, v.repository, v.revision, v.verdict, v.reason,
        v.mean_loss, s.win_rate, coalesce(s.weight, 0) AS weight,
        coalesce(s.weight_u16, 0) AS weight_u16, v.model_digest, e.evaluation
      FROM %s e
      JOIN verdicts v ON v.evaluation = e.evaluation
      LEFT JOIN scores s ON s.evaluation = v.evaluation AND s.hotkey = v.hotkey
        AND s.competition = v.competition
      """
          .formatted(NEWEST);

  private static final String CURRENT_SCORES =
      """
      SELECT e.netuid, e.mechanism, e.block, e.window, e.evaluation, s.hotkey, s.uid,
        s.competition, s.model_digest, s.verdict, s.wins, s.matches, s.win_rate, s.step_weight,
        s.weight, s.weight_u16, s.kept
      FROM %s e
      JOIN scores s ON s.evaluation = e.evaluation
      """
          .formatted(NEWEST);

  private static final String LOSSES_BY_MODEL =
      """
      SELECT l.model_digest, min(m.repository) AS repository, l.tokenizer_digest, l.template,
        l.sequence_length, l.dtype, l.kernel, count(*) AS samples,
        count_if(l.verdict = 'OK') AS ok_samples,
        sum(if(l.verdict = 'OK', l.tokens, 0)) AS tokens,
        avg(if(l.verdict = 'OK', l.loss_sum / l.tokens, NULL)) AS mean_loss,
        CASE WHEN count_if(l.verdict = 'OK') > 1 THEN
          stddev_samp(if(l.verdict = 'OK', l.loss_sum / l.tokens, NULL))
            / sqrt(count_if(l.verdict = 'OK')) END AS standard_error,
        sum(if(l.verdict = 'OK', l.loss_sum, NULL))
          / sum(if(l.verdict = 'OK', l.tokens, NULL)) AS loss_per_token,
        min(l.sample_block) AS first_sample_block, max(l.sample_block) AS last_sample_block
      FROM losses l
      LEFT JOIN
        (SELECT model_digest, min_by(repository, struct(committed_block, hotkey)) AS repository
         FROM verdicts WHERE repository IS NOT NULL GROUP BY model_digest) m
        ON m.model_digest = l.model_digest
      GROUP BY l.model_digest, l.tokenizer_digest, l.template, l.sequence_length, l.dtype, l.kernel
      """;

  /** All of them, as a catalog of this name has them. */
  static List<WarehouseView> of(String catalog) {
    return List.of(
        new WarehouseView(catalog, "leaderboard", LeaderboardRow.class, LEADERBOARD),
        new WarehouseView(catalog, "current_scores", CurrentScoreRow.class, CURRENT_SCORES),
        new WarehouseView(catalog, "losses_by_model", ModelLossesRow.class, LOSSES_BY_MODEL));
  }

  @Override
  public String currentCatalog() {
    return catalog;
  }

  @Override
  public String[] currentNamespace() {
    return new String[0];
  }

  @Override
  public StructType schema() {
    return SparkSchemaUtil.convert(RowMapping.schema(rowType));
  }

  @Override
  public String[] queryColumnNames() {
    return schema().fieldNames();
  }

  @Override
  public String[] columnAliases() {
    return schema().fieldNames();
  }

  @Override
  public String[] columnComments() {
    return Arrays.stream(schema().fields())
        .map(field -> Optional.ofNullable(field.getComment().getOrElse(() -> null)).orElse(""))
        .toArray(String[]::new);
  }

  @Override
  public Map<String, String> properties() {
    return Map.of(TableCatalog.PROP_COMMENT, rowType.getAnnotation(Comment.class).value());
  }
}
