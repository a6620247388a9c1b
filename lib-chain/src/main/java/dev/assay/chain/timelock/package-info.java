/**
 * Commit-reveal with timelock encryption: what is encrypted to a round of a drand beacon can be
 * readable by anyone once the beacon has signed that round, and by no one before.
 *
 * <p>The curve arithmetic is blst's; the encryption is the one that the subtensor runtime decrypts
 * (crate {@code tle}, curve {@code TinyBLS381}).
 */
package dev.assay.chain.timelock;
