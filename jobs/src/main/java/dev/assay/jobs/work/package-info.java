/** What is to be judged, in the words that the driver and the executors share. */
package dev.assay.jobs.work;
