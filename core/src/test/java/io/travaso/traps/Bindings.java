package io.travaso.traps;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.AnnotatedElement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Which tests hold which traps, in the compiled tests of the modules. */
final class Bindings {
  private Bindings() {}

  /** A test, by its class, and what it shows. */
  record Binding(String trap, Outcome outcome, Class<?> test) {

    /** Whether it is a case of the suite, run on every version. */
    boolean isOfSuite() {
      return Traps.class.isAssignableFrom(test);
    }

    /** The class for people: {@code merge/FaultsIT}. */
    String name() {
      return test.getName().replaceFirst("^io\\.travaso\\.", "").replace('.', '/');
    }
  }

  /** Those of the modules whose tests are compiled and can be loaded here. */
  static List<Binding> of(String... modules) {
    return Arrays.stream(modules).flatMap(module -> ofModule(module).stream()).toList();
  }

  private static List<Binding> ofModule(String module) {
    Path classes = Project.folder().resolve(module).resolve("target/test-classes");
    try (Stream<Path> files = Files.walk(classes)) {
      return files
          .map(file -> classes.relativize(file).toString())
          .filter(file -> file.endsWith(".class") && !file.endsWith("-info.class"))
          .map(file -> file.substring(0, file.length() - 6).replace('/', '.'))
          .sorted()
          .flatMap(name -> ofClass(load(name)))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name, false, Bindings.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("Compiled, and not there: " + name, e);
    }
  }

  private static Stream<Binding> ofClass(Class<?> test) {
    return Stream.<AnnotatedElement>concat(
            Stream.of(test), Arrays.stream(test.getDeclaredMethods()))
        .flatMap(e -> Arrays.stream(e.getDeclaredAnnotationsByType(Holds.class)))
        .map(holds -> new Binding(holds.value(), holds.as(), test));
  }
}
