package dev.assay.model.hub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.model.checkpoint.FileDigest;
import dev.assay.model.hub.http.Deadline;
import dev.assay.model.hub.http.HubCall;
import dev.assay.model.hub.http.HubException;
import dev.assay.model.hub.http.HubHttp;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Publishes files: asks how each shall travel, uploads the large ones by git-LFS's basic transfer,
 * sends the commit with the small ones inside.
 */
final class Publication {

  private static final int SAMPLE_BYTES = 512;
  private static final int MAX_ANSWER_BYTES = 8 << 20;
  private static final long MAX_INSIDE_BYTES = 64L << 20;
  // A time limit for uploads that a slow line keeps: 60 s, and a second for every half mebibyte.
  private static final long BYTES_A_SECOND = 512 << 10;

  private final HubHttp http;
  private final RepositoryId repository;

  Publication(HubHttp http, RepositoryId repository) {
    this.http = http;
    this.repository = repository;
  }

  Revision commit(String message, Map<String, Path> files)
      throws IOException, InterruptedException {
    Map<String, Boolean> large = isLarge(files);
    Map<String, LocalFile> largeFiles = new LinkedHashMap<>();
    for (Map.Entry<String, Path> file : files.entrySet()) {
      if (large.get(file.getKey())) {
        largeFiles.put(file.getKey(), LocalFile.of(file.getValue()));
      }
    }
    upload(largeFiles);
    HubCall call =
        HubCall.post(
            http.uri(HubPaths.commit(repository)),
            "application/x-ndjson",
            body(message, files, largeFiles),
            false);
    JsonNode answer = send(call, Deadline.after(HubClient.REQUEST_TIME));
    return new Revision(answer.path("commitOid").asText());
  }

  private Map<String, Boolean> isLarge(Map<String, Path> files)
      throws IOException, InterruptedException {
    ObjectNode request = HubClient.JSON.createObjectNode();
    ArrayNode list = request.putArray("files");
    for (Map.Entry<String, Path> file : files.entrySet()) {
      ObjectNode node = list.addObject().put("path", file.getKey());
      node.put("size", Files.size(file.getValue()));
      try (InputStream in = Files.newInputStream(file.getValue())) {
        node.put("sample", Base64.getEncoder().encodeToString(in.readNBytes(SAMPLE_BYTES)));
      }
    }
    HubCall call = post(HubPaths.preupload(repository), request);
    Map<String, Boolean> large = new HashMap<>();
    for (JsonNode file : send(call, Deadline.after(HubClient.REQUEST_TIME)).path("files")) {
      String path = file.path("path").asText();
      if (file.path("shouldIgnore").asBoolean()) {
        throw new HubException.Refused(
            200, "the hub ignores the file '" + HubException.quoted(path) + "'; do not publish it");
      }
      large.put(path, file.path("uploadMode").asText().equals("lfs"));
    }
    if (!large.keySet().containsAll(files.keySet())) {
      throw new HubException.Unavailable("the hub did not say how every file shall travel", null);
    }
    return large;
  }

  private void upload(Map<String, LocalFile> files) throws InterruptedException, IOException {
    if (files.isEmpty()) {
      return;
    }
    ObjectNode request = HubClient.JSON.createObjectNode().put("operation", "upload");
    request.putArray("transfers").add("basic");
    request.put("hash_algo", "sha256");
    ArrayNode objects = request.putArray("objects");
    Map<String, LocalFile> byDigest = new HashMap<>();
    for (LocalFile file : files.values()) {
      if (byDigest.put(file.sha256(), file) == null) {
        objects.addObject().put("oid", file.sha256()).put("size", file.size());
      }
    }
    HubCall call = post(HubPaths.largeFiles(repository), request);
    for (JsonNode object : send(call, Deadline.after(HubClient.REQUEST_TIME)).path("objects")) {
      upload(object, byDigest.get(object.path("oid").asText()));
    }
  }

  private void upload(JsonNode object, LocalFile file) throws InterruptedException, IOException {
    if (file == null || object.has("error")) {
      String reason = object.path("error").path("message").asText("an unexpected object");
      int status = object.path("error").path("code").asInt(200);
      throw new HubException.Refused(
          status, "the hub refuses a large file: " + HubException.quoted(reason));
    }
    JsonNode action = object.path("actions").path("upload");
    if (action.isMissingNode()) {
      // The hub has the content already.
      return;
    }
    Map<String, String> headers = new HashMap<>();
    action
        .path("header")
        .properties()
        .forEach(header -> headers.put(header.getKey(), header.getValue().asText()));
    HubCall put =
        new HubCall(
            "PUT", address(action), headers, BodyPublishers.ofFile(file.path()), false, true);
    Duration allowed = HubClient.REQUEST_TIME.plusSeconds(file.size() / BYTES_A_SECOND);
    http.send(put, MAX_ANSWER_BYTES, Deadline.after(allowed));
    JsonNode verify = object.path("actions").path("verify");
    if (!verify.isMissingNode()) {
      ObjectNode body = HubClient.JSON.createObjectNode();
      body.put("oid", file.sha256()).put("size", file.size());
      byte[] bytes = HubClient.bytes(body);
      HubCall call = HubCall.post(address(verify), "application/vnd.git-lfs+json", bytes, true);
      http.send(call, MAX_ANSWER_BYTES, Deadline.after(HubClient.REQUEST_TIME));
    }
  }

  private static URI address(JsonNode action) {
    try {
      URI address = URI.create(action.path("href").asText());
      if (address.getHost() != null && address.getScheme().startsWith("http")) {
        return address;
      }
    } catch (IllegalArgumentException e) {
      throw new HubException.Unavailable("the hub's address for an upload is malformed", e);
    }
    throw new HubException.Unavailable("the hub's address for an upload is malformed", null);
  }

  private byte[] body(String message, Map<String, Path> files, Map<String, LocalFile> largeFiles)
      throws IOException {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    ObjectNode header = HubClient.JSON.createObjectNode();
    header.put("summary", message).put("description", "");
    line(lines, "header", header);
    for (Map.Entry<String, Path> file : files.entrySet()) {
      ObjectNode value = HubClient.JSON.createObjectNode().put("path", file.getKey());
      LocalFile large = largeFiles.get(file.getKey());
      if (large != null) {
        value.put("algo", "sha256").put("oid", large.sha256()).put("size", large.size());
        line(lines, "lfsFile", value);
        continue;
      }
      if (lines.size() + Files.size(file.getValue()) > MAX_INSIDE_BYTES) {
        throw new HubException.TooLarge(
            "the commit's small files",
            lines.size() + Files.size(file.getValue()),
            MAX_INSIDE_BYTES,
            "bytes");
      }
      byte[] content = Files.readAllBytes(file.getValue());
      value.put("encoding", "base64").put("content", Base64.getEncoder().encodeToString(content));
      line(lines, "file", value);
    }
    return lines.toByteArray();
  }

  private static void line(ByteArrayOutputStream lines, String key, ObjectNode value) {
    ObjectNode line = HubClient.JSON.createObjectNode().put("key", key);
    line.set("value", value);
    lines.writeBytes(HubClient.bytes(line));
    lines.write('\n');
  }

  private HubCall post(String path, ObjectNode body) {
    return HubCall.post(http.uri(path), "application/json", HubClient.bytes(body), true);
  }

  private JsonNode send(HubCall call, Deadline deadline) throws InterruptedException {
    return HubClient.parsed(http.send(call, MAX_ANSWER_BYTES, deadline).body(), call);
  }

  /** A file of ours with its digest. */
  private record LocalFile(Path path, String sha256, long size) {

    static LocalFile of(Path path) throws IOException {
      FileDigest digest = FileDigest.of(path.toString(), path);
      return new LocalFile(path, digest.sha256(), digest.size());
    }
  }
}
