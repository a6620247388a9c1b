package dev.assay.model.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.Headers;
import dev.assay.model.hub.http.HubException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Listings of many pages, and of pages without end. */
class ListingTest {
  private static final RepositoryId REPOSITORY = new RepositoryId("a", "b");
  private static final Revision REVISION = new Revision(HubClientTest.REVISION);
  private static final String TREE = "/api/models/a/b/tree/" + REVISION;
  private static final int PAGE = 10_000;

  private ScriptedHub hub;

  @BeforeEach
  void start() throws Exception {
    hub = new ScriptedHub();
  }

  @AfterEach
  void stop() {
    hub.close();
  }

  private static String page(int files) {
    return IntStream.range(0, files)
        .mapToObj(
            file ->
                "{\"type\":\"file\",\"path\":\"%d\",\"size\":1,\"oid\":\"%s\"}"
                    .formatted(file, "0".repeat(40)))
        .collect(Collectors.joining(",", "[", "]"));
  }

  /** Pages one after the other, whose last has fewer files. */
  private void listsPages(int full, int filesOfLast) {
    String whole = page(PAGE);
    String last = page(filesOfLast);
    hub.on(
        TREE,
        (exchange, times) -> {
          // A finding is looked at twice, from the first page on.
          int page = (times - 1) % (full + 1);
          if (page < full) {
            link(exchange.getResponseHeaders(), "?cursor=" + page);
          }
          ScriptedHub.answer(200, page < full ? whole : last).to(exchange, times);
        });
  }

  private static void link(Headers headers, String next) {
    headers.set("Link", "<" + TREE + next + ">; rel=\"next\"");
  }

  @Test
  void aRepositoryMayHaveAHundredThousandFiles() throws Exception {
    listsPages(9, PAGE);

    assertThat(HubClient.of(hub.address()).tree(REPOSITORY, REVISION)).hasSize(100_000);
  }

  @Test
  void oneFileMoreIsThePublishersAndToldBeforeAnythingIsFetched() {
    listsPages(10, 1);

    assertThatThrownBy(() -> HubClient.of(hub.address()).tree(REPOSITORY, REVISION))
        .isInstanceOf(HubException.TooLarge.class)
        .hasMessage("the listing has 100001 files or more; the limit is 100000");
    assertThat(hub.requests()).hasSize(22).containsOnly("GET " + TREE);
  }

  @Test
  void aPageThatLeadsToItselfOrBackIsTheHubsFault() throws Exception {
    for (int around : new int[] {1, 2}) {
      try (ScriptedHub circle = new ScriptedHub()) {
        circle.on(
            TREE,
            (exchange, times) -> {
              link(exchange.getResponseHeaders(), "?cursor=" + times % around);
              ScriptedHub.answer(200, page(1)).to(exchange, times);
            });

        assertThatThrownBy(() -> HubClient.of(circle.address()).tree(REPOSITORY, REVISION))
            .isInstanceOf(HubException.Unavailable.class)
            .hasMessageContaining("leads to a page of it again");
        assertThat(circle.requests()).hasSize(around + 1);
      }
    }
  }
}
