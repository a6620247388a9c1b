package dev.assay.cli.validator;

import dev.assay.chain.keys.Keypair;
import dev.assay.cli.failure.Failures;
import dev.assay.cli.process.Closing;
import dev.assay.cli.settings.ConfigurationOption;
import dev.assay.cli.terminal.Console;
import dev.assay.cli.terminal.ConsoleProgress;
import dev.assay.cli.terminal.ExitCode;
import dev.assay.cli.terminal.Ranges;
import dev.assay.cli.terminal.Times;
import dev.assay.jobs.bundle.BundleFolder;
import dev.assay.jobs.bundle.Bundles;
import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.jobs.config.ConfigurationException;
import dev.assay.jobs.config.tables.S3Settings;
import dev.assay.jobs.monitor.Alerts;
import dev.assay.jobs.monitor.Health;
import dev.assay.jobs.monitor.MonitorServer;
import dev.assay.jobs.monitor.ValidatorMetrics;
import dev.assay.jobs.report.EvaluationReport;
import dev.assay.jobs.status.StatusReport;
import dev.assay.jobs.submit.ValidatorKey;
import dev.assay.jobs.validator.Validator;
import dev.assay.jobs.validator.Vitals;
import dev.assay.report.page.BundlePage;
import dev.assay.report.page.ReportPage;
import dev.assay.report.site.Site;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "validator",
    description = {
      "Serves window after window in one process: waits for it, takes samples, evaluates, sets"
          + " weights and writes each evaluation's page, report.html beside its bundle's folder. It"
          + " survives the loss of endpoints and upgrades of the chain's runtime; killed anywhere,"
          + " the next start goes on from there.",
      "With validator.leaderboard it renews the pages of assay leaderboard in that folder whenever"
          + " a window is served.",
      "Only one runs in a warehouse, and it excludes the single commands, of a scheduler for"
          + " instance, step by step.",
      "With validator.listen it serves /healthz and Prometheus's /metrics; alerts also go to the"
          + " addresses in ASSAY_WEBHOOKS (Discord's, Slack's, or plain JSON)."
    },
    footer = {
      "",
      "  assay validator --config conf/assay.yaml",
      "",
      "As a service of systemd: see conf/assay-validator.service."
    })
public final class ValidatorCommand implements Callable<Integer> {
  @Mixin private ConfigurationOption configuration;

  @Option(
      names = "--windows",
      paramLabel = "N",
      defaultValue = "0",
      description = "End once N windows are served (default: never).")
  private long windows;

  @Override
  public Integer call() throws InterruptedException, IOException {
    Ranges.atLeast("--windows", windows, 0);
    AssayConfiguration settings = configuration.load();
    requireFolder(settings);
    Keypair hotkey = ValidatorKey.read(settings);
    Console console = Console.standardError();
    Clock clock = Clock.systemUTC();
    String name = hotkey.account().ss58();
    Watching watching =
        new Watching(settings, console, new Alerts(name, settings.secrets().webhooks()), clock);
    try (Closing closing = new Closing()) {
      Validator validator =
          closing.add(
              Validator.start(
                  settings,
                  System.getenv(),
                  hotkey,
                  new ConsoleProgress(console),
                  watching,
                  Failures::sentence,
                  clock));
      serve(settings, validator, clock, closing, console);
      console.line("validator " + name + " starts");
      validator.run(windows);
    }
    return ExitCode.DONE;
  }

  /** Or the first window would be served before anybody is told. */
  private static void requireFolder(AssayConfiguration settings) throws IOException {
    Optional<Path> site = settings.validator().site();
    if (site.isPresent() && !Site.mayWriteTo(site.get())) {
      throw new ConfigurationException(
          "validator.leaderboard is %s, which holds something else; name a new or an empty folder"
              .formatted(site.get()));
    }
  }

  private static void serve(
      AssayConfiguration settings,
      Validator validator,
      Clock clock,
      Closing closing,
      Console console) {
    Vitals vitals = validator.vitals();
    ValidatorMetrics metrics =
        new ValidatorMetrics(
            settings,
            String.valueOf(ValidatorCommand.class.getPackage().getImplementationVersion()));
    settings
        .validator()
        .address()
        .ifPresent(
            address -> {
              MonitorServer server =
                  closing.add(
                      MonitorServer.start(
                          address,
                          () -> Health.of(vitals.now(), settings),
                          () ->
                              new MonitorServer.Answer(
                                  200,
                                  "text/plain; version=0.0.4; charset=utf-8",
                                  metrics.text(vitals.now(), clock.instant()))));
              console.line("health and metrics: " + server.address());
            });
  }

  /** Tells people: a line that changes, a page for each evaluation, alerts. */
  private static final class Watching implements Validator.Audience {
    private final AssayConfiguration settings;
    private final Console console;
    private final Alerts alerts;
    private final Clock clock;
    private String shown = "";

    Watching(AssayConfiguration settings, Console console, Alerts alerts, Clock clock) {
      this.settings = settings;
      this.console = console;
      this.alerts = alerts;
      this.clock = clock;
    }

    @Override
    public void evaluated(EvaluationReport report) {
      if (S3Settings.isAddress(settings.paths().bundles())) {
        console.line("evaluation " + report.evaluation() + "; assay report makes its page");
        return;
      }
      BundleFolder bundle = Bundles.of(settings).bundle(report.evaluation());
      Path page = Path.of(settings.paths().bundles()).toAbsolutePath().resolve("report.html");
      try {
        ReportPage.write(BundlePage.of(bundle), page);
        console.line("report: file://" + page);
      } catch (IOException unwritable) {
        throw new UncheckedIOException(page + " cannot be written", unwritable);
      }
    }

    @Override
    public void served() {
      settings.validator().site().ifPresent(this::renew);
    }

    private void renew(Path site) {
      try {
        Site.Written pages =
            Site.write(LeaderboardPages.now(settings), settings.hub().endpoint(), site);
        console.line("leaderboard: file://" + pages.page().toAbsolutePath());
      } catch (IOException unwritable) {
        throw new UncheckedIOException(site + " cannot be written", unwritable);
      }
    }

    @Override
    public void looked(Vitals.Moment moment) {
      String words = words(moment);
      if (!words.equals(shown)) {
        shown = words;
        console.line(words);
      }
      moment
          .status()
          .flatMap(StatusReport::window)
          .ifPresent(
              window ->
                  console.move(
                      "%s; block %d, the next window opens in about %s"
                          .formatted(
                              moment.step(), window.block(), Times.about(window.secondsLeft()))));
      try {
        alerts.looked(moment.problems(), clock.instant());
      } catch (InterruptedException closing) {
        Thread.currentThread().interrupt();
      }
    }

    private static String words(Vitals.Moment moment) {
      String status =
          moment.status().map(report -> report.state() + ": " + report.reason()).orElse("looks");
      return moment.failures().isEmpty()
          ? status
          : status
              + "; "
              + moment.failures().get(0).step()
              + " failed and is tried again: "
              + moment.failures().get(0).reason();
    }
  }
}
