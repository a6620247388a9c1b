/** What a node keeps on its disk, and whether what it computes can be trusted. */
package dev.assay.jobs.nodes;
