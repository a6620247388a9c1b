package dev.assay.jobs.fanout;

import java.io.Serializable;

/**
 * What a unit's task answers.
 *
 * @param value what the work returned; null where the task declined, because it runs on a node that
 *     was to be avoided
 * @param node host that it ran on
 * @param executor id of its executor
 */
record Answer<R extends Serializable>(R value, String node, String executor)
    implements Serializable {
  boolean isDeclined() {
    return value == null;
  }
}
