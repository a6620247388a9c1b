/** What a node's disk keeps of the hub, within a budget, for all its executors. */
package dev.assay.model.store;
