/** The Spark application: reads commitments and samples, fans out, reduces, submits. */
package dev.assay.jobs;
