package dev.assay.localnet.hub;

import java.util.SortedMap;

/**
 * One commit of a repository: all its files, not a difference.
 *
 * @param revision git's commit id, 40 lower-case hex digits
 * @param parent the revision before it, or the empty string for the first
 * @param number how many commits came before it in the repository; the commit's clock
 * @param epochSecond when it was made by the repository's own clock, in seconds since 1970
 * @param files by path
 */
record Commit(
    String revision,
    String parent,
    int number,
    long epochSecond,
    String message,
    SortedMap<String, StoredFile> files) {}
