package dev.assay.localnet.hub;

/** A request that the hub refuses: becomes an HTTP status, an error code header and a sentence. */
final class HubFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;

  HubFailure(int status, String code, String message) {
    super(message);
    this.status = status;
    this.code = code;
  }

  static HubFailure badRequest(String message) {
    return new HubFailure(400, "BadRequest", message);
  }

  static HubFailure repositoryNotFound(RepositoryName name) {
    return new HubFailure(404, "RepoNotFound", "there is no repository " + name);
  }

  static HubFailure revisionNotFound(RepositoryName name, String revision) {
    return new HubFailure(
        404, "RevisionNotFound", "the repository " + name + " has no revision " + revision);
  }

  static HubFailure entryNotFound(RepositoryName name, String path) {
    return new HubFailure(
        404, "EntryNotFound", "the repository " + name + " has no file " + path + " there");
  }

  static HubFailure tooLarge(String what, long size, long limit) {
    return new HubFailure(
        413, "TooLarge", what + " has " + size + " bytes or more; the limit is " + limit);
  }

  int status() {
    return status;
  }

  String code() {
    return code;
  }
}
