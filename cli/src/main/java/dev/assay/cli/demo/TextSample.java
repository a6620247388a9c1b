package dev.assay.cli.demo;

/** A prompt and its response, as a miner reads them from the feed. */
record TextSample(String prompt, String response) {}
