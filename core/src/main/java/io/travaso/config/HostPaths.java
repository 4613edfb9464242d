package io.travaso.config;

import java.nio.file.Path;

/** Makes the paths of one environment absolute on that environment's own host. */
sealed interface HostPaths {

  /** The absolute path of what was written under a key. */
  String absolute(Section section, String key, String written);

  /** This machine: {@code ~} is the home, what is relative starts at the project's folder. */
  record Here(Surroundings surroundings, Path root) implements HostPaths {
    @Override
    public String absolute(Section section, String key, String written) {
      return surroundings.resolve(written, root).toString();
    }
  }

  /** Another host: what is relative starts at the tool's folder there. */
  record There(String home) implements HostPaths {
    @Override
    public String absolute(Section section, String key, String written) {
      if (written.equals("~") || written.startsWith("~/")) {
        section.problem(
            key, "begins with ~ on another host", "write the whole path, or one relative to home");
      }
      return Path.of(home).resolve(written).normalize().toString();
    }
  }
}
