package dev.assay.jobs.validator;

import dev.assay.chain.keys.Keypair;
import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.jobs.monitor.Health;
import dev.assay.jobs.monitor.MonitorServer;
import dev.assay.jobs.monitor.ValidatorMetrics;
import dev.assay.jobs.progress.Progress;
import dev.assay.jobs.report.EvaluationReport;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A validator in a process of its own, which can be killed. */
final class ValidatorProcess {
  private ValidatorProcess() {}

  /** Its argument is the configuration. */
  public static void main(String[] arguments) throws Exception {
    AssayConfiguration configuration = AssayConfiguration.load(Path.of(arguments[0]), Map.of());
    try (Validator validator = validator(configuration);
        MonitorServer server =
            MonitorServer.start(
                configuration.validator().address().orElseThrow(),
                () -> Health.of(validator.vitals().now(), configuration),
                () ->
                    new MonitorServer.Answer(
                        200,
                        "text/plain",
                        new ValidatorMetrics(configuration, "test")
                            .text(validator.vitals().now(), Clock.systemUTC().instant())))) {
      System.out.println(server.address());
      validator.run(0);
    }
  }

  static Validator validator(AssayConfiguration configuration) {
    return Validator.start(
        configuration,
        System.getenv(),
        Keypair.fromUri("//Validator"),
        Progress.silent(),
        new Validator.Audience() {
          private String told = "";

          @Override
          public void evaluated(EvaluationReport report) {}

          @Override
          public void served() {}

          @Override
          public void looked(Vitals.Moment moment) {
            if (!told.equals(moment.failures().toString())) {
              told = moment.failures().toString();
              System.out.println(told);
            }
          }
        },
        Throwable::toString,
        Clock.systemUTC());
  }

  static Process start(Path folder, Path configuration) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            ValidatorProcess.class.getName(),
            configuration.toString()));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("output").toFile()))
        .start();
  }
}
