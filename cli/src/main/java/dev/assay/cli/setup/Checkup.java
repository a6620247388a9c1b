package dev.assay.cli.setup;

import dev.assay.chain.keys.KeyfileException;
import dev.assay.chain.rpc.Reason;
import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.jobs.config.source.SourceSettings;
import dev.assay.jobs.origin.FeedPlace;
import dev.assay.jobs.status.FreeSpace;
import dev.assay.jobs.status.WindowReading;
import dev.assay.jobs.status.WindowReport;
import dev.assay.jobs.submit.ValidatorKey;
import dev.assay.jobs.tables.Warehouse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;

/** Looks at everything that a validator needs; each look bounds its own time. */
final class Checkup {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration CLOCK_SLACK = Duration.ofSeconds(30);
  private static final long LEAST_FREE = 10L << 30;
  private static final int OLDEST_JAVA = 17;
  private static final int NEWEST_JAVA = 23;

  private final AssayConfiguration settings;
  private final Map<String, String> environment;
  private final Clock clock;
  private final Function<Throwable, String> wording;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private Optional<Instant> hubTime = Optional.empty();

  Checkup(
      AssayConfiguration settings,
      Map<String, String> environment,
      Clock clock,
      Function<Throwable, String> wording) {
    this.settings = settings;
    this.environment = environment;
    this.clock = clock;
    this.wording = wording;
  }

  List<Check> all() throws InterruptedException {
    List<Check> checks = new ArrayList<>();
    checks.add(java());
    checks.add(natives());
    checks.add(disk("warehouse disk", "paths.warehouse", settings.paths().warehouse()));
    checks.add(disk("cache disk", "evaluation.cache", settings.evaluation().cache()));
    checks.add(catalog());
    checks.add(wallet());
    checks.add(endpoint());
    checks.add(hub());
    checks.add(clock());
    checks.add(feed());
    checks.add(spark());
    checks.add(gpu());
    return checks;
  }

  private static Check java() {
    int version = Runtime.version().feature();
    String found = "Java " + Runtime.version() + " in " + System.getProperty("java.home");
    return version >= OLDEST_JAVA && version <= NEWEST_JAVA
        ? Check.ok("java", found)
        : Check.failed("java", found, "install a JDK 17 and point JAVA_HOME at it");
  }

  /** What PyTorch's library needs of this machine; loading it would take seconds. */
  private static Check natives() {
    String system = System.getProperty("os.name") + " on " + System.getProperty("os.arch");
    boolean isKnown =
        System.getProperty("os.name").equals("Linux")
            && System.getProperty("os.arch").matches("amd64|x86_64|aarch64");
    if (!isKnown) {
      return Check.failed(
          "natives",
          system,
          "evaluate on Linux, x86-64 or 64-bit ARM: losses need PyTorch's library");
    }
    boolean isMusl = Files.exists(Path.of("/etc/alpine-release"));
    return isMusl
        ? Check.failed("natives", system + " with musl", "use a system with glibc, such as Debian")
        : Check.ok("natives", system);
  }

  private static Check disk(String name, String key, String place) {
    Optional<Long> free = FreeSpace.of(place);
    if (free.isEmpty()) {
      return Check.skipped(name, key + " is " + place + ", which is no folder of this machine");
    }
    String found = "%s is %s, with %d GiB free".formatted(key, place, free.get() >> 30);
    return free.get() >= LEAST_FREE
        ? Check.ok(name, found)
        : Check.warning(name, found, "make room there, at least " + (LEAST_FREE >> 30) + " GiB");
  }

  private Check catalog() {
    try {
      Warehouse.open(settings.warehouse(), new Configuration()).close();
      return Check.ok(
          "catalog",
          settings.catalog().inDatabase()
              ? "paths.warehouse can be written; %s opens, as catalog %s"
                  .formatted(settings.catalog().named(), settings.catalog().name())
              : "paths.warehouse opens and can be written, a catalog in its own files");
    } catch (RuntimeException unusable) {
      return Check.failed(
          "catalog",
          wording.apply(unusable),
          settings.catalog().inDatabase()
              ? "correct paths.warehouse or the section catalog"
              : "correct paths.warehouse");
    }
  }

  private Check wallet() {
    try {
      String account = ValidatorKey.read(settings).account().ss58();
      return Check.ok("wallet", "hotkey " + account);
    } catch (KeyfileException unusable) {
      return Check.failed(
          "wallet",
          wording.apply(unusable),
          "correct submit.wallets, submit.wallet and submit.hotkey, or create the wallet");
    } catch (RuntimeException locked) {
      return Check.failed("wallet", wording.apply(locked), "set ASSAY_HOTKEY_PASSWORD");
    }
  }

  private Check endpoint() {
    try {
      WindowReport window = WindowReading.now(settings);
      String found = "subnet %d at block %d".formatted(window.netuid(), window.block());
      if (window.hotkey().isPresent() && window.uid().isEmpty()) {
        return Check.failed(
            "endpoint", found + ", where the hotkey is not registered", "register the hotkey");
      }
      if (window.validatorPermit().filter(permit -> !permit).isPresent()) {
        return Check.warning(
            "endpoint", found + ", where the hotkey has no validator permit", "add stake");
      }
      return Check.ok("endpoint", found);
    } catch (RuntimeException unreachable) {
      return Check.failed(
          "endpoint", wording.apply(unreachable), "correct chain.endpoints and chain.netuid");
    }
  }

  private Check hub() throws InterruptedException {
    String address = settings.hub().endpoint();
    try {
      HttpResponse<Void> answer =
          http.send(
              HttpRequest.newBuilder(URI.create(address + "/api/models?limit=1"))
                  .timeout(PATIENCE)
                  .build(),
              HttpResponse.BodyHandlers.discarding());
      hubTime = answer.headers().firstValue("date").flatMap(Checkup::time);
      String token =
          settings.secrets().hubToken().isPresent() ? "a token is set" : "no token is set";
      return answer.statusCode() < 500
          ? Check.ok("hub", address + " answers; " + token)
          : Check.warning(
              "hub", address + " answers with HTTP status " + answer.statusCode(), "wait for it");
    } catch (IOException unreachable) {
      return Check.failed(
          "hub", address + " is not reachable: " + Reason.of(unreachable), "correct hub.endpoint");
    }
  }

  private static Optional<Instant> time(String date) {
    try {
      return Optional.of(
          ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeParseException malformed) {
      return Optional.empty();
    }
  }

  private Check clock() {
    if (hubTime.isEmpty()) {
      return Check.skipped("clock", "the hub tells no time to compare with");
    }
    Duration off = Duration.between(hubTime.get(), clock.instant()).abs();
    return off.compareTo(CLOCK_SLACK) <= 0
        ? Check.ok("clock", "within " + CLOCK_SLACK.toSeconds() + " s of the hub's")
        : Check.warning(
            "clock",
            off.toSeconds() + " s off the hub's",
            "synchronise this machine's clock (NTP)");
  }

  private Check feed() throws InterruptedException {
    List<SourceSettings> places = settings.feed().places();
    if (places.isEmpty()) {
      return Check.warning(
          "feed", "feed.endpoint is empty, so no samples are taken", "give it a feed's address");
    }
    for (SourceSettings place : places) {
      try {
        FeedPlace.of(place, settings).source().samples(1, 1);
      } catch (RuntimeException unusable) {
        String words = wording.apply(unusable);
        return Check.failed(
            "feed",
            places.size() == 1 ? words : place.name() + ": " + words,
            places.size() == 1 ? "correct feed.endpoint" : "correct feed.endpoints");
      }
    }
    String names = places.stream().map(SourceSettings::name).collect(Collectors.joining(", "));
    return Check.ok("feed", names + (places.size() == 1 ? " answers" : " answer"));
  }

  private Check spark() {
    String master = settings.spark().master();
    if (!master.isEmpty() && !master.startsWith("local-cluster")) {
      return Check.ok("spark", "spark.master is " + master + "; assay evaluate connects to it");
    }
    String home = environment.getOrDefault("SPARK_HOME", "");
    if (home.isEmpty() || !Files.isDirectory(Path.of(home, "jars"))) {
      return Check.failed(
          "spark",
          "SPARK_HOME is " + (home.isEmpty() ? "not set" : home + ", without a folder jars"),
          "run ./assay, which sets it");
    }
    return environment.getOrDefault("SPARK_LOCAL_IP", "").equals("127.0.0.1")
        ? Check.ok(
            "spark", "a local-cluster of %d executors".formatted(settings.spark().executors()))
        : Check.failed("spark", "SPARK_LOCAL_IP is not 127.0.0.1", "run ./assay, which sets it");
  }

  private Check gpu() {
    boolean isThere = Files.exists(Path.of("/dev/nvidia0"));
    boolean isWanted = settings.evaluation().gpusPerTask() > 0;
    if (isWanted && !isThere) {
      return Check.warning(
          "gpu",
          "evaluation.gpus_per_task is set, and this machine shows no GPU",
          "fine if only executors have them; else set it to 0");
    }
    return isThere && !isWanted
        ? Check.warning(
            "gpu", "this machine has a GPU, and evaluation.gpus_per_task is 0", "see conf/gpu.conf")
        : Check.ok("gpu", isThere ? "a GPU is there and used" : "none, and none is asked for");
  }
}
