package dev.assay.interoperation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Words that must be nowhere but where they were put.
 *
 * @param words each unlike anything else
 */
public record PlantedSecrets(List<String> words) {

  /** That no file holds one; there are some. */
  public void areInNone(List<Path> files) throws IOException {
    assertThat(files).isNotEmpty();
    for (Path file : files) {
      areNotIn(Files.readString(file, StandardCharsets.ISO_8859_1), file.toString());
    }
  }

  /** That no process of this machine has one among its arguments. */
  public void areInNoCommandLine() throws IOException {
    List<Path> processes;
    try (Stream<Path> found = Files.list(Path.of("/proc"))) {
      processes = found.filter(path -> path.getFileName().toString().matches("[0-9]+")).toList();
    }
    assertThat(processes).isNotEmpty();
    for (Path process : processes) {
      read(process.resolve("cmdline")).ifPresent(line -> areNotIn(line, line));
    }
  }

  /**
   * That no page of a Spark driver shows one.
   *
   * @param address of its pages
   * @param shown what its page of the environment shows for certain
   */
  public void areOnNoPage(String address, String shown) throws IOException, InterruptedException {
    HttpClient client = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.ALWAYS).build();
    assertThat(page(client, address + "/environment/")).contains(shown);
    String application = page(client, address + "/api/v1/applications");
    String id = application.replaceAll("(?s).*?\"id\" : \"([^\"]+)\".*", "$1");
    for (String path :
        List.of(
            "/environment/",
            "/executors/",
            "/jobs/",
            "/stages/",
            "/storage/",
            "/SQL/",
            "/metrics/prometheus",
            "/api/v1/applications/" + id + "/environment",
            "/api/v1/applications/" + id + "/sql?details=true")) {
      areNotIn(page(client, address + path), path);
    }
  }

  /** That a text holds none. */
  public void areNotIn(String text, String place) {
    assertThat(words).as(place).noneMatch(text::contains);
  }

  private static String page(HttpClient client, String address)
      throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(address)).build();
    var answer = client.send(request, BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(address).isEqualTo(200);
    return answer.body();
  }

  /** Empty where the process has ended meanwhile. */
  private static Optional<String> read(Path file) {
    try {
      return Optional.of(Files.readString(file, StandardCharsets.ISO_8859_1));
    } catch (IOException ended) {
      return Optional.empty();
    }
  }
}
