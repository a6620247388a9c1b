/** What every package of the Spark application knows; it knows none of them. */
package dev.assay.jobs;
