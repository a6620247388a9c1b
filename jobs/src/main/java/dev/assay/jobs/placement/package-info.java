/** Which node gets which unit, so that content stays where it is. Knows no Spark. */
package dev.assay.jobs.placement;
