/**
 * From scores to weights on the chain: the intent durably first, then the extrinsic, then what
 * became of it. A window gets one vector, whatever dies or races.
 */
package dev.assay.jobs.submit;
