package dev.assay.jobs.config;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.jobs.HomeFolder;
import dev.assay.jobs.config.service.ValidatorSettings;
import dev.assay.jobs.config.tables.CatalogSettings;
import dev.assay.jobs.config.tables.S3Settings;
import dev.assay.jobs.config.tables.WarehouseSettings;
import dev.assay.model.hub.HubEnvironment;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All settings of a validator. The shipped {@code conf/assay.yaml} holds every default; an
 * operator's file states what differs, and the environment the secrets, three paths and, where the
 * file names no other, the hub's endpoint.
 */
public record AssayConfiguration(
    ChainSettings chain,
    HubSettings hub,
    FeedSettings feed,
    WindowSettings window,
    EvaluationSettings evaluation,
    SparkSettings spark,
    SubmitSettings submit,
    PathSettings paths,
    @JsonIgnore CatalogSettings catalog,
    @JsonIgnore S3Settings s3,
    @JsonIgnore ValidatorSettings validator,
    @JsonIgnore CompetitionSettings competitions,
    @JsonIgnore Secrets secrets) {
  /** Of {@link #effective}'s form; version 1 was not marked, and named competitions otherwise. */
  public static final int EFFECTIVE_VERSION = 2;

  /** Settings younger than the version: absent where they have their default, as before them. */
  private static final List<String> ADDED =
      List.of(
          "/evaluation/batches",
          "/evaluation/cache_size",
          "/evaluation/roster",
          "/feed/endpoints",
          "/feed/netuid",
          "/feed/filters",
          "/feed/filters/languages",
          "/feed/quotas",
          "/paths/events");

  /** The settings of {@code assay.yaml} alone, as they are bound. */
  private record Settings(
      ChainSettings chain,
      HubSettings hub,
      FeedSettings feed,
      WindowSettings window,
      EvaluationSettings evaluation,
      SparkSettings spark,
      SubmitSettings submit,
      PathSettings paths,
      CatalogSettings catalog,
      S3Settings s3,
      ValidatorSettings validator) {}

  /** The shipped defaults and nothing else. */
  public static AssayConfiguration defaults() {
    return defaults(Map.of());
  }

  /**
   * The shipped defaults for a process.
   *
   * @param environment of it, for secrets and paths
   */
  public static AssayConfiguration defaults(Map<String, String> environment) {
    return of("the built-in assay.yaml", StrictYaml.TREES.createObjectNode(), null, environment);
  }

  /**
   * Reads an operator's file over the defaults.
   *
   * @param file YAML of at most 1 MiB
   * @param environment of the process, for secrets and paths
   * @throws ConfigurationException with every fault of the file, of its competitions and of the
   *     environment
   */
  public static AssayConfiguration load(Path file, Map<String, String> environment) {
    return of(file.toString(), StrictYaml.read(file), file.toAbsolutePath(), environment);
  }

  private static AssayConfiguration of(
      String source, JsonNode overlay, Path file, Map<String, String> environment) {
    if (!(overlay instanceof ObjectNode own)) {
      throw new ConfigurationException(source + " is not a map of settings");
    }
    Faults faults = new Faults();
    EarlierKeys.renewSettings(own).forEach(fault -> faults.add(source + ": " + fault));
    ObjectNode tree = merged(own, environment);
    requireFallbackInWindow(source, tree, faults);
    Optional<Settings> bound =
        faults.of(() -> StrictYaml.bind(source, tree, Settings.class, shipped()));
    bound.ifPresent(
        read ->
            faults.check(
                source,
                () -> new WarehouseSettings(read.paths.warehouse(), read.catalog, read.s3)));
    Optional<CompetitionSettings> competitions =
        competitionsName(tree).flatMap(name -> faults.of(() -> competitions(name, file)));
    String hub = tree.at("/hub/endpoint").asText();
    Optional<Secrets> secrets = faults.of(() -> Secrets.of(environment, hub));
    faults.throwAny();
    Settings settings = bound.orElseThrow();
    return new AssayConfiguration(
        settings.chain,
        settings.hub,
        settings.feed,
        settings.window,
        settings.evaluation,
        settings.spark,
        settings.submit,
        settings.paths,
        settings.catalog,
        settings.s3,
        settings.validator,
        competitions.orElseThrow(),
        secrets.orElseThrow());
  }

  /** Where the tables are, and what remembers their newest states. */
  public WarehouseSettings warehouse() {
    return new WarehouseSettings(paths.warehouse(), catalog, s3);
  }

  private static ObjectNode merged(ObjectNode own, Map<String, String> environment) {
    ObjectNode tree = shipped();
    JsonNode usual = tree.at("/hub/endpoint");
    StrictYaml.merge(tree, own);
    if (tree.at("/hub/endpoint").equals(usual)) {
      override(tree, "hub", "endpoint", new HubEnvironment(environment).endpoint().orElse(null));
    }
    override(tree, "paths", "warehouse", environment.get("ASSAY_WAREHOUSE"));
    override(tree, "paths", "bundles", environment.get("ASSAY_BUNDLES"));
    override(tree, "paths", "events", environment.get("ASSAY_EVENTS"));
    override(tree, "evaluation", "cache", environment.get("ASSAY_CACHE"));
    // The wallets' folder is resolved where it is read: bundles publish these settings.
    expand(tree, "paths", "warehouse", environment);
    expand(tree, "paths", "bundles", environment);
    expand(tree, "paths", "events", environment);
    expand(tree, "evaluation", "cache", environment);
    expand(tree, "catalog", "password_file", environment);
    expand(tree, "validator", "leaderboard", environment);
    return tree;
  }

  private static ObjectNode shipped() {
    return (ObjectNode) StrictYaml.read("the built-in assay.yaml", builtIn("assay.yaml"));
  }

  private static void requireFallbackInWindow(String source, JsonNode tree, Faults faults) {
    JsonNode latest = tree.at("/submit/latest_block");
    JsonNode blocks = tree.at("/window/blocks");
    if (latest.isInt()
        && blocks.isInt()
        && 0 < latest.intValue()
        && 0 < blocks.intValue()
        && latest.intValue() >= blocks.intValue()) {
      faults.add(
          "%s: submit.latest_block is %d; at most %d, the window's last block"
              .formatted(source, latest.intValue(), blocks.intValue() - 1));
    }
  }

  /** Empty where the settings' own faults tell that it is no name of a file. */
  private static Optional<String> competitionsName(JsonNode tree) {
    JsonNode name = tree.at("/evaluation/competitions");
    try {
      Require.path("evaluation.competitions", name.textValue());
      return Optional.of(name.textValue());
    } catch (IllegalArgumentException told) {
      return Optional.empty();
    }
  }

  /** The file beside the configuration, or the built-in one of that name. */
  private static CompetitionSettings competitions(String name, Path configuration) {
    Path beside = configuration == null ? Path.of(name) : configuration.resolveSibling(name);
    boolean exists = Files.exists(beside);
    String source = exists ? beside.toString() : "the built-in " + name;
    JsonNode tree = exists ? StrictYaml.read(beside) : StrictYaml.read(source, builtIn(name));
    Faults faults = new Faults();
    EarlierKeys.renewCompetitions(tree).forEach(fault -> faults.add(source + ": " + fault));
    Optional<CompetitionFile> file =
        faults.of(
            () -> StrictYaml.bind(source, tree, CompetitionFile.class, CompetitionFile.STAND_INS));
    faults.throwAny();
    return file.orElseThrow().settings();
  }

  private static void override(ObjectNode tree, String section, String key, String value) {
    if (value != null && !value.isBlank() && tree.get(section) instanceof ObjectNode settings) {
      settings.put(key, value);
    }
  }

  private static void expand(
      ObjectNode tree, String section, String key, Map<String, String> environment) {
    JsonNode path = tree.path(section).path(key);
    if (path.isTextual()) {
      override(tree, section, key, HomeFolder.expanded(path.textValue(), environment));
    }
  }

  /** The text of a file of {@code conf} that is shipped. */
  public static String builtIn(String name) {
    try (InputStream resource = AssayConfiguration.class.getResourceAsStream(name)) {
      if (resource == null) {
        throw new ConfigurationException(
            name + " is neither beside the configuration nor built in; give an existing file");
      }
      return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new ConfigurationException("the built-in " + name + " cannot be read", unreadable);
    }
  }

  /**
   * One JSON object of all settings in effect, secrets left out: {@code version}, the sections of
   * {@code assay.yaml}, and {@code competitions} as in {@code competitions.yaml}. Bundles publish
   * it; other keys are another {@link #EFFECTIVE_VERSION}, apart from {@link #ADDED} ones. Version
   * 2 has durations and sizes as bare numbers under {@link EarlierKeys}.
   */
  public String effective() {
    try {
      ObjectNode tree = StrictYaml.TREES.createObjectNode().put("version", EFFECTIVE_VERSION);
      ObjectNode settings = StrictYaml.TREES.valueToTree(this);
      leaveOutDefaults(settings);
      EarlierKeys.restoreSettings(settings);
      tree.setAll(settings);
      ObjectNode file = StrictYaml.TREES.valueToTree(CompetitionFile.of(competitions));
      EarlierKeys.restoreCompetitions(file);
      tree.set("competitions", file);
      return StrictYaml.TREES.writeValueAsString(tree);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("settings are plain values", impossible);
    }
  }

  /**
   * All settings in effect under the keys of {@code assay.yaml}, and {@code competitions} as in
   * {@code competitions.yaml}; secrets left out.
   */
  public ObjectNode shown() {
    ObjectNode tree = StrictYaml.tree(this);
    tree.set("catalog", StrictYaml.tree(catalog));
    tree.set("s3", StrictYaml.tree(s3));
    tree.set("validator", StrictYaml.tree(validator));
    tree.set("competitions", StrictYaml.tree(CompetitionFile.of(competitions)));
    return tree;
  }

  private static void leaveOutDefaults(ObjectNode settings) {
    ObjectNode defaults = shipped();
    for (String added : ADDED) {
      JsonPointer place = JsonPointer.compile(added);
      if (settings.at(place).equals(defaults.at(place))) {
        ((ObjectNode) settings.at(place.head())).remove(place.last().getMatchingProperty());
      }
    }
  }
}
