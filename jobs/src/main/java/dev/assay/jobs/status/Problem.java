package dev.assay.jobs.status;

/**
 * Something that an operator should know.
 *
 * @param id a stable name, as alerts and metrics use it
 * @param what the thing, its value and its limit
 * @param fix the next step
 */
public record Problem(String id, String what, String fix) {}
