package dev.assay.localnet.corpus;

/** A question and its answer: printable ASCII, neither empty. */
public record Sample(String prompt, String response) {}
