package dev.assay.chain.endpoints;

import dev.assay.chain.hash.Hash;

/** An endpoint that serves another chain than the one expected. */
public final class WrongChainException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  WrongChainException(String endpoint, Hash expected, Hash found) {
    super(
        "%s serves the chain with genesis %s, not %s; check the endpoint's address"
            .formatted(endpoint, found, expected));
  }
}
