/** What keeps Iceberg's tables small: files merged, snapshots let go, leftovers removed. */
package dev.assay.jobs.upkeep;
