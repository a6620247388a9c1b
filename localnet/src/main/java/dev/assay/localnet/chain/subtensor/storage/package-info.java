/** What SubtensorModule keeps and says: its items and their types, its events and errors. */
package dev.assay.localnet.chain.subtensor.storage;
