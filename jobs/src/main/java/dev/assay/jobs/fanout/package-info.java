/** One Spark job per unit of work, so that a unit that kills its executor fails alone. */
package dev.assay.jobs.fanout;
