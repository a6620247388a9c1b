package dev.assay.jobs.wandb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.jobs.feed.FeedException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a project's runs and what they have logged, a page at a time. */
final class RunHistories {
  private static final int RUNS_A_PAGE = 50;
  private static final int MOST_RUNS = 1_000;
  private static final int STEPS_A_PAGE = 20;
  private static final int MOST_PAGES = 500;

  private static final String RUNS =
      """
      query Runs($entity: String!, $project: String!, $filters: JSONString, $after: String, \
      $first: Int) {
        project(name: $project, entityName: $entity) {
          runs(filters: $filters, after: $after, first: $first, order: "+created_at") {
            edges { node { name config historyKeys } }
            pageInfo { endCursor hasNextPage }
          }
        }
      }
      """;

  private static final String HISTORY =
      """
      query HistoryPage($entity: String!, $project: String!, $run: String!, $minStep: Int64!, \
      $maxStep: Int64!, $pageSize: Int!) {
        project(name: $project, entityName: $entity) {
          run(name: $run) {
            history(minStep: $minStep, maxStep: $maxStep, samples: $pageSize)
          }
        }
      }
      """;

  private final RunsAddress address;
  private final GraphQl service;

  RunHistories(RunsAddress address, GraphQl service) {
    this.address = address;
    this.service = service;
  }

  /**
   * The runs of the type and in the state that are wanted, oldest first; empty for what does not
   * say who vouches for it.
   */
  List<Optional<LoggedRun>> runs() throws InterruptedException {
    List<Optional<LoggedRun>> runs = new ArrayList<>();
    Optional<String> after = Optional.empty();
    do {
      ObjectNode variables = project().put("filters", filters()).put("first", RUNS_A_PAGE);
      after.ifPresent(cursor -> variables.put("after", cursor));
      JsonNode page = required(service.ask(RUNS, variables), "runs");
      page.path("edges").forEach(edge -> runs.add(LoggedRun.of(edge.path("node"))));
      if (runs.size() > MOST_RUNS) {
        throw new FeedException(
            "%s has more than %d runs of the type %s; name a state"
                .formatted(name(), MOST_RUNS, address.type()));
      }
      String next = page.path("pageInfo").path("endCursor").asText();
      boolean isLast = !page.path("pageInfo").path("hasNextPage").asBoolean();
      if (!isLast && (next.isEmpty() || page.path("edges").isEmpty())) {
        throw new FeedException(name() + " has a page of runs after which none can be asked for");
      }
      after = isLast ? Optional.empty() : Optional.of(next);
    } while (after.isPresent());
    return runs;
  }

  private String filters() {
    ObjectNode filters = GraphQl.JSON.createObjectNode();
    var all = filters.putArray("$and");
    all.addObject().put("config.type", address.type());
    address.state().ifPresent(state -> all.addObject().put("state", state));
    return filters.toString();
  }

  /** What a run has logged from a time on, newest pages first. */
  List<LoggedStep> steps(LoggedRun run, Instant from) throws InterruptedException {
    List<LoggedStep> steps = new ArrayList<>();
    long end = run.lastStep() + 1;
    for (int page = 0; end > 0; page++) {
      if (page == MOST_PAGES) {
        throw new FeedException(
            "run %s of %s has more than %d steps since %s"
                .formatted(run.id(), name(), MOST_PAGES * STEPS_A_PAGE, from));
      }
      long begin = Math.max(0, end - STEPS_A_PAGE);
      List<LoggedStep> ofPage = page(run, begin, end);
      List<LoggedStep> newer = ofPage.stream().filter(step -> !step.time().isBefore(from)).toList();
      steps.addAll(newer);
      // A page without any step is a gap in their numbers.
      if (newer.isEmpty() && !ofPage.isEmpty()) {
        return steps;
      }
      end = begin;
    }
    return steps;
  }

  private List<LoggedStep> page(LoggedRun run, long begin, long end) throws InterruptedException {
    ObjectNode variables =
        project()
            .put("run", run.id())
            .put("minStep", begin)
            .put("maxStep", end)
            .put("pageSize", STEPS_A_PAGE);
    JsonNode history = required(service.ask(HISTORY, variables), "run").path("history");
    List<LoggedStep> steps = new ArrayList<>();
    for (JsonNode row : history) {
      LoggedStep.of(LoggedJson.parsed(row))
          .filter(step -> step.number() >= begin && step.number() < end)
          .ifPresent(steps::add);
      if (steps.size() > STEPS_A_PAGE) {
        throw new FeedException(
            "%s gave more than %d steps of run %s".formatted(name(), STEPS_A_PAGE, run.id()));
      }
    }
    return steps;
  }

  private ObjectNode project() {
    return GraphQl.JSON
        .createObjectNode()
        .put("entity", address.entity())
        .put("project", address.project());
  }

  private JsonNode required(JsonNode data, String part) {
    JsonNode there = data.path("project").path(part);
    if (!there.isObject()) {
      throw new FeedException(
          "%s has no %s, or the key may not read it; check feed.endpoint and WANDB_API_KEY"
              .formatted(name(), part));
    }
    return there;
  }

  private String name() {
    return address.service() + " project " + address.entity() + "/" + address.project();
  }
}
