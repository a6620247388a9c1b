/** JSON-RPC over HTTP and WebSocket on one port. */
package dev.assay.localnet.rpc;
