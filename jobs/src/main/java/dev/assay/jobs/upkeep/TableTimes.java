package dev.assay.jobs.upkeep;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;
import org.apache.iceberg.TableOperations;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A table's own times, none of which decides anything. Iceberg refuses a commit that is more than a
 * minute older than the last one, which is every commit after a clock was set back.
 */
public final class TableTimes {
  private static final Logger LOG = LoggerFactory.getLogger(TableTimes.class);
  private static final JsonMapper JSON = new JsonMapper();

  /** Well below the minute that Iceberg lets pass. */
  private static final long SLACK_MILLISECONDS = 20_000;

  private static final List<String> NAMES = List.of("timestamp-ms", "last-updated-ms");

  private TableTimes() {}

  /**
   * Brings times that lie ahead of the clock back to it, by a commit of their own.
   *
   * @param now milliseconds since 1970, of the clock that Iceberg uses
   */
  public static void bringBack(Table table, long now) {
    TableOperations operations = ((HasTableOperations) table).operations();
    TableMetadata metadata = operations.current();
    long ahead = metadata.lastUpdatedMillis() - now;
    if (ahead <= SLACK_MILLISECONDS) {
      return;
    }
    LOG.warn(
        "the clock is {} s behind the last commit to {} ({}); that commit's time is set to now."
            + " Check the machine's clock",
        ahead / 1000,
        table.location(),
        Instant.ofEpochMilli(metadata.lastUpdatedMillis()));
    operations.commit(metadata, notAfter(metadata, now));
    table.refresh();
  }

  private static TableMetadata notAfter(TableMetadata metadata, long now) {
    try {
      JsonNode tree = JSON.readTree(TableMetadataParser.toJson(metadata));
      limit(tree, now);
      return TableMetadataParser.fromJson(JSON.writeValueAsString(tree));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("Iceberg writes JSON", impossible);
    }
  }

  private static void limit(JsonNode node, long now) {
    node.forEach(child -> limit(child, now));
    if (node instanceof ObjectNode object) {
      NAMES.stream()
          .filter(name -> object.path(name).asLong() > now)
          .forEach(name -> object.put(name, now));
    }
  }
}
