/** Who earns what under a policy: made-up miners over many evaluations, from a seed. */
package dev.assay.score.simulation;
