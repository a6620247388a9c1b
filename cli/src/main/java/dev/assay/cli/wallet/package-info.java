/** Keys and what they pay for: wallets, registration, stake. */
package dev.assay.cli.wallet;
