package dev.assay.localnet.hub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Uploads of large files by git-LFS's batch API and its basic transfer. As on the real hub, the
 * address to upload to carries its own permission (here an authentication code over digest and
 * size), and the token stays away from it.
 */
final class LargeFileApi {

  static final String UPLOAD_PATH = "lfs-upload";
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  private final Repositories repositories;
  private final ContentStore contents;
  private final Tokens tokens;
  private final long maxFileBytes;
  private final SecretKeySpec key;

  LargeFileApi(Repositories repositories, ContentStore contents, Tokens tokens, long maxFileBytes) {
    this.repositories = repositories;
    this.contents = contents;
    this.tokens = tokens;
    this.maxFileBytes = maxFileBytes;
    byte[] secret = new byte[32];
    new SecureRandom().nextBytes(secret);
    this.key = new SecretKeySpec(secret, "HmacSHA256");
  }

  void batch(HubRequest request, RepositoryName name) throws IOException {
    tokens.requireWriter(request, name.namespace());
    repositories.at(name, Repositories.BRANCH);
    JsonNode body = request.json();
    if (!HubRequest.text(body, "operation").equals("upload")) {
      throw HubFailure.badRequest("only uploads go through git-LFS here; read by resolve");
    }
    ObjectNode answer = HubRequest.JSON.createObjectNode().put("transfer", "basic");
    ArrayNode objects = answer.putArray("objects");
    for (JsonNode object : body.path("objects")) {
      answerFor(object, ModelApi.address(request), objects.addObject());
    }
    HubResponse.json(request.exchange(), 200, answer);
  }

  private void answerFor(JsonNode object, String address, ObjectNode answer) {
    String sha256 = HubRequest.text(object, "oid");
    long size = HubRequest.size(object, "size");
    answer.put("oid", sha256).put("size", size);
    if (!SHA256.matcher(sha256).matches()) {
      answer.putObject("error").put("code", 422).put("message", "the oid is not a SHA-256");
    } else if (size > maxFileBytes) {
      String message = "the file has " + size + " bytes; the limit is " + maxFileBytes;
      answer.putObject("error").put("code", 413).put("message", message);
    } else if (!contents.has(sha256, size)) {
      String href =
          String.join("/", address, UPLOAD_PATH, sha256, Long.toString(size), code(sha256, size));
      answer.put("authenticated", true);
      answer.putObject("actions").putObject("upload").put("href", href);
    }
  }

  /** Takes the content that {@code lfs-upload/sha256/size/code} names. */
  void upload(HubRequest request) throws IOException {
    String sha256 = request.segments().get(1);
    String size = request.segments().get(2);
    String code = request.segments().get(3);
    boolean wellFormed = SHA256.matcher(sha256).matches() && size.matches("[0-9]{1,18}");
    if (!wellFormed || !isOurs(code, sha256, Long.parseLong(size))) {
      throw new HubFailure(403, "Forbidden", "this upload address was not given out by this hub");
    }
    contents.put(request.body(), sha256, Long.parseLong(size));
    HubResponse.empty(request.exchange(), 200);
  }

  private boolean isOurs(String code, String sha256, long size) {
    return MessageDigest.isEqual(
        code.getBytes(StandardCharsets.UTF_8), code(sha256, size).getBytes(StandardCharsets.UTF_8));
  }

  private String code(String sha256, long size) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      byte[] code = mac.doFinal((sha256 + "/" + size).getBytes(StandardCharsets.US_ASCII));
      return HexFormat.of().formatHex(code);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }
}
