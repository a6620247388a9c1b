package dev.assay.localnet.hub;

/**
 * One file of a commit.
 *
 * @param sha256 of the content, lower-case hex; the name under which the content is stored
 * @param size of the content, in bytes
 * @param blobId git's object id of what git would store: the content, or the pointer to it
 * @param lfs whether git stores a pointer of git-LFS in place of the content
 */
record StoredFile(String sha256, long size, String blobId, boolean lfs) {}
