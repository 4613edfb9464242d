package io.travaso.site;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.travaso.config.Surroundings;
import io.travaso.config.SyncConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;

/** What of the command line a site on another host needs: {@code site} and {@code --help}. */
public final class ToolMain {
  /** The version it says it is. */
  public static final String VERSION = "1.2.3";

  private ToolMain() {}

  /** {@code site --config FILE --env NAME} serves; anything else is told back, and ends well. */
  public static void main(String[] args) throws IOException {
    if (!args[0].equals("site")) {
      System.out.println(String.join(" ", args));
      System.out.println(System.getenv("SYNC_CONFIG"));
      return;
    }
    List<String> arguments = Arrays.asList(args);
    Path file = Path.of(arguments.get(arguments.indexOf("--config") + 1));
    String environment = arguments.get(arguments.indexOf("--env") + 1);
    Surroundings surroundings = Surroundings.ofThisProcess();
    SyncConfig config = SyncConfig.read(file, surroundings);
    try (Site site =
        new LocalSite(
            config, config.environment(environment), surroundings, VERSION, Clock.systemUTC())) {
      PrintStream out = new PrintStream(System.out, false, UTF_8);
      BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
      new SiteServer(site, out).serve(VERSION, config.exports().directory().toString(), in);
    }
  }

  /** A jar that runs this with the classes of the tests, for the project's own launcher. */
  public static Path jar(Path file) throws IOException {
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.put(Attributes.Name.MAIN_CLASS, ToolMain.class.getName());
    attributes.put(
        Attributes.Name.CLASS_PATH,
        Arrays.stream(System.getProperty("java.class.path").split(":"))
            .map(entry -> Path.of(entry).toUri().toString())
            .collect(Collectors.joining(" ")));
    try (OutputStream out = Files.newOutputStream(file)) {
      new JarOutputStream(out, manifest).close();
    }
    return file;
  }
}
