/** What an evaluation leaves for anybody to check, as one folder of files. */
package dev.assay.jobs.bundle;
