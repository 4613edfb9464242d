package io.travaso.cli.django;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The Python that has Django and the drivers for both databases. */
final class Python {
  static final String VARIABLE = "TRAVASO_TEST_PYTHON";

  private static final String MISSING =
      "Django's tests did not run: no python3 can import django, psycopg2 and MySQLdb."
          + " apt-get install python3-django python3-psycopg2 python3-mysqldb, or set "
          + VARIABLE
          + " to a Python that has them";

  private static final Optional<String> FOUND =
      Optional.ofNullable(System.getenv(VARIABLE))
          .map(Stream::of)
          .orElseGet(() -> Stream.of("python3", "/usr/bin/python3"))
          .filter(Python::hasDjango)
          .findFirst();

  /**
   * Reports tests as not run, with the reason, where there is no such Python; in continuous
   * integration, where it must be there, they fail instead.
   */
  static final class Needed implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      if (FOUND.isPresent() || System.getenv("CI") != null) {
        return ConditionEvaluationResult.enabled("Django is here, or must be");
      }
      System.err.println(MISSING);
      return ConditionEvaluationResult.disabled(MISSING);
    }
  }

  private Python() {}

  /** The program's name or path. */
  static String withDjango() {
    return FOUND.orElseThrow(() -> new IllegalStateException(MISSING));
  }

  private static boolean hasDjango(String python) {
    try {
      Process process =
          new ProcessBuilder(List.of(python, "-c", "import django, psycopg2, MySQLdb"))
              .redirectErrorStream(true)
              .start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), UTF_8);
      return process.waitFor() == 0 && output.isEmpty();
    } catch (IOException e) {
      // No such program.
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new IOException(e));
    }
  }
}
