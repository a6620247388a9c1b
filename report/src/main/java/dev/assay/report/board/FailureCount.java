package dev.assay.report.board;

/** How many models met with a fate that is not ACCEPTED, in the latest evaluation and in all. */
public record FailureCount(String blame, String verdict, int latest, int all) {}
