package io.travaso.cli.command;

import io.travaso.config.Environment;
import io.travaso.config.Reading;
import io.travaso.config.Ssh;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** By how many processors at once rows are read. */
final class JobsOption {
  @Option(names = "--jobs", paramLabel = "N", descriptionKey = "option.jobs")
  @Nullable Integer jobs;

  void check(List<String> problems) {
    if (jobs != null && (jobs < 1 || jobs > Reading.MOST_JOBS)) {
      problems.add("--jobs is a number of processors from 1 to " + Reading.MOST_JOBS);
    }
  }

  /** An environment whose rows are read by so many. */
  Environment reading(Environment environment) {
    return jobs == null ? environment : environment.withJobs(jobs);
  }

  /**
   * An environment whose rows are read while those of another are: where both are on this machine
   * and nothing was said, each has half of its processors.
   */
  Environment reading(Environment environment, Environment meanwhile) {
    boolean shared = isOnThisMachine(environment) && isOnThisMachine(meanwhile);
    if (jobs == null && shared && environment.reading().jobs() == 0) {
      return environment.withJobs(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
    }
    return reading(environment);
  }

  /** Also where SSH leads back to it, as for a container or a trial. */
  private static boolean isOnThisMachine(Environment environment) {
    Ssh ssh = environment.ssh();
    return ssh == null
        || ssh.host().equals("localhost")
        || ssh.host().equals("::1")
        || ssh.host().startsWith("127.");
  }
}
