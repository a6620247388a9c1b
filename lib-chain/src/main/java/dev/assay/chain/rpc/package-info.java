/** JSON-RPC to a node: one endpoint over HTTP or WebSocket, or several with failover. */
package dev.assay.chain.rpc;
