package dev.assay.jobs.fanout;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobEnd;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;

/** Tells attempts what becomes of their tasks, by their job groups. */
final class Attempts extends SparkListener {
  private static final String GROUP = "spark.jobGroup.id";

  private final Map<String, Attempt> byGroup = new ConcurrentHashMap<>();
  private final Map<Integer, Attempt> byStage = new ConcurrentHashMap<>();
  private final Map<Integer, Attempt> byJob = new ConcurrentHashMap<>();

  /** The next job of a group is this attempt's. */
  void begin(String group, Attempt attempt) {
    byGroup.put(group, attempt);
  }

  @Override
  public void onJobStart(SparkListenerJobStart start) {
    Optional.ofNullable(start.properties())
        .map(properties -> properties.getProperty(GROUP))
        .map(byGroup::get)
        .ifPresent(
            attempt -> {
              byJob.put(start.jobId(), attempt);
              start.stageInfos().foreach(stage -> byStage.put(stage.stageId(), attempt));
            });
  }

  @Override
  public void onTaskStart(SparkListenerTaskStart start) {
    Attempt attempt = byStage.get(start.stageId());
    if (attempt != null) {
      attempt.taskStarted(start.taskInfo().executorId(), start.taskInfo().host());
    }
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd end) {
    Attempt attempt = byStage.get(end.stageId());
    if (attempt != null) {
      attempt.taskEnded(end.reason());
    }
  }

  @Override
  public void onJobEnd(SparkListenerJobEnd end) {
    Attempt attempt = byJob.remove(end.jobId());
    if (attempt != null) {
      attempt.jobEnded();
    }
  }
}
