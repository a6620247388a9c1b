/** Who earns what under a policy: simulated miners over many evaluations, from a seed. */
package dev.assay.score.simulation;
