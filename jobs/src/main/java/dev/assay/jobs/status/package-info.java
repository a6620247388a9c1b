/** Where the chain stands and what a validator does on it, from the chain and from tables. */
package dev.assay.jobs.status;
