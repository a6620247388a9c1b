/** The chain's beacon as drand's relays serve theirs. */
package dev.assay.localnet.beacon;
