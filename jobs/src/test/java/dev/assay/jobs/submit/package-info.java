/** Tests of submit that need a chain: they stand here because jobs may not know localnet. */
package dev.assay.jobs.submit;
