package dev.assay.jobs.upkeep;

/**
 * What upkeep has made of one table.
 *
 * @param table its name
 * @param filesBefore data files that the table had
 * @param files data files that it has
 * @param snapshotsBefore snapshots that could be read
 * @param snapshots snapshots that can be read
 * @param orphans files removed that nothing referred to
 * @param metadataBytes size of the metadata that each commit writes
 */
public record TableUpkeep(
    String table,
    int filesBefore,
    int files,
    int snapshotsBefore,
    int snapshots,
    int orphans,
    long metadataBytes) {}
