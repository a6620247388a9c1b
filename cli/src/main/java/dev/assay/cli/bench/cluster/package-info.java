/** What an evaluation on a cluster is promised to take, measured part by part. */
package dev.assay.cli.bench.cluster;
