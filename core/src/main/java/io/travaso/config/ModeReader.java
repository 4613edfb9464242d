package io.travaso.config;

import io.travaso.SyncException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the master's direction: {@code $SYNC_MODE}, else {@code SYNC_MODE} in {@code .env.sync},
 * else {@code mode} in the configuration. A guard must not turn silently: where {@code mode} says
 * the contrary of the others, it is a problem.
 */
final class ModeReader {
  private static final String VARIABLE = "SYNC_MODE";
  private static final String FILE = ".env.sync";
  private static final String HINT = "write dev_to_prod or prod_to_dev, or remove it";

  private ModeReader() {}

  static @Nullable Direction read(Section root, Surroundings surroundings, Path folder) {
    Optional<String> written = root.text("mode");
    Optional<Direction> configured = written.flatMap(Direction::of);
    if (written.isPresent() && configured.isEmpty()) {
      root.problem("mode", "is not a direction", HINT);
    }
    String variable = surroundings.variable(VARIABLE);
    Path file = folder.resolve(FILE);
    String place = variable.isEmpty() ? file.toString() : "$" + VARIABLE;
    String value = variable.isEmpty() ? inFile(file, root.problems()) : variable;
    if (value.isEmpty()) {
      return configured.orElse(null);
    }
    Optional<Direction> direction = Direction.of(value);
    if (direction.isEmpty()) {
      root.problems().addElsewhere(place, VARIABLE + " is not a direction", HINT);
    } else if (configured.isPresent() && !configured.equals(direction)) {
      root.problem(
          "mode",
          "says "
              + configured.get().setting()
              + ", and "
              + VARIABLE
              + " in "
              + place
              + " says "
              + direction.get().setting(),
          "remove the wrong one");
    }
    return direction.orElse(null);
  }

  private static String inFile(Path file, Problems problems) {
    if (!Files.exists(file)) {
      return "";
    }
    try {
      return Dotenv.value(ConfigFile.text("the master's direction,", file), VARIABLE)
          .orElse("")
          .strip();
    } catch (SyncException e) {
      problems.addElsewhere(file.toString(), e.what(), e.hint());
      return "";
    }
  }
}
