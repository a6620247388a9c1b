/**
 * Recorded snapshots: samples as files under a manifest that the recorder's hotkey signs, written
 * by one validator, checked by anybody and adopted by others.
 */
package dev.assay.jobs.recorded;
