/** What evaluations of a subnet would cost on a cluster that is not at hand. */
package dev.assay.jobs.simulation;
