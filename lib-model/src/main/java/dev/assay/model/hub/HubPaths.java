package dev.assay.model.hub;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The hub's addresses, relative to its endpoint and percent-encoded. */
final class HubPaths {

  static final String CREATE = "/api/repos/create";
  private static final String BRANCH = "main";

  private HubPaths() {}

  static String info(RepositoryId repository) {
    return api(repository);
  }

  static String settings(RepositoryId repository) {
    return api(repository) + "/settings";
  }

  static String tree(RepositoryId repository, Revision revision) {
    return api(repository) + "/tree/" + revision + "?recursive=true";
  }

  static String preupload(RepositoryId repository) {
    return api(repository) + "/preupload/" + BRANCH;
  }

  static String commit(RepositoryId repository) {
    return api(repository) + "/commit/" + BRANCH;
  }

  static String largeFiles(RepositoryId repository) {
    return page(repository) + ".git/info/lfs/objects/batch";
  }

  static String resolve(RepositoryId repository, Revision revision, String path) {
    String encoded =
        Arrays.stream(path.split("/", -1))
            .map(segment -> URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20"))
            .collect(Collectors.joining("/"));
    return page(repository) + "/resolve/" + revision + "/" + encoded;
  }

  private static String api(RepositoryId repository) {
    return (repository.isDataset() ? "/api/datasets/" : "/api/models/") + repository;
  }

  private static String page(RepositoryId repository) {
    return (repository.isDataset() ? "/datasets/" : "/") + repository;
  }
}
