/** What a runtime API is: functions that clients call at a block. */
package dev.assay.localnet.chain.api;
