package io.travaso.backup;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.luben.zstd.ZstdInputStream;
import io.travaso.SyncException;
import io.travaso.SyncException.Kind;
import io.travaso.database.ConnectionSettings;
import io.travaso.file.PartFile;
import io.travaso.host.CommandResult;
import io.travaso.host.RunningCommand;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** MariaDB's own client, which runs scripts as they were meant, in any encoding. */
public final class MariaDbClient {
  private static final int BUFFER = 1 << 16;
  private static final Pattern ERROR = Pattern.compile("ERROR (\\d+) \\(\\w+\\)( at line \\d+)?.*");

  /** Whose messages name objects and accounts alone. */
  private static final Set<String> NAMING =
      Set.of(
          "1044", "1045", "1049", "1050", "1142", "1146", "1227", "1305", "1356", "1449", "2002");

  private static final Pattern SERVER_VERSION =
      Pattern.compile("-- Server version\\t(\\d+)\\.(\\d+)\\S*");

  private final ToolBox tools;
  private final String program;
  private final String dumpProgram;

  private MariaDbClient(ToolBox tools, MariaDbPrograms programs) {
    this.tools = tools;
    this.program = programs.client(tools);
    this.dumpProgram = programs.dump();
  }

  /** Finds the client beside the program that dumps. */
  public static MariaDbClient find(ToolBox tools) {
    return new MariaDbClient(tools, MariaDbPrograms.find(tools));
  }

  /** The server a dump was taken from, as {@link io.travaso.database.ServerFacts#major} has it. */
  public static int serverMajor(Path dump) {
    try (InputStream in = compressed(dump)) {
      Matcher version = SERVER_VERSION.matcher(new String(in.readNBytes(4096), UTF_8));
      if (version.find()) {
        return Integer.parseInt(version.group(1)) * 100 + Integer.parseInt(version.group(2));
      }
      throw new IOException("it does not say what server it was taken from");
    } catch (IOException e) {
      throw failed("could not read the backup " + dump, e);
    }
  }

  private static InputStream compressed(Path dump) throws IOException {
    return new ZstdInputStream(new BufferedInputStream(Files.newInputStream(dump), BUFFER));
  }

  /**
   * Loads a dump into an empty database, all but its events.
   *
   * @param definer whose views, triggers and routines become, as SQL has the account; null for
   *     whose they are
   * @return what makes all that is no table, events too
   */
  public MariaDbScript load(Path dump, ConnectionSettings into, @Nullable String definer) {
    String what = "restore the backup " + dump + " into " + into.name();
    Definitions definitions = new Definitions(definer);
    try (InputStream in = compressed(dump)) {
      send(
          what,
          into,
          out -> {
            ScriptBytes bytes = new ScriptBytes(in, out);
            boolean whole =
                new SqlScript(bytes, new WantedRows(Set.of(), TableDataSink.NONE), definitions)
                    .read();
            bytes.finish();
            if (!whole) {
              throw new IOException("it is cut: its last line does not say that it was completed");
            }
          });
    } catch (IOException e) {
      throw failed("could not " + what, e);
    }
    return definitions.script();
  }

  /** Runs a script. */
  public void run(MariaDbScript script, ConnectionSettings in) {
    String what = "make views, routines, triggers and events in " + in.name();
    try {
      send(what, in, out -> out.write(script.text().getBytes(ISO_8859_1)));
    } catch (IOException e) {
      throw failed("could not " + what, e);
    }
  }

  /**
   * What makes all that a database has besides tables; but for views that refer to what is not
   * there any more, which nobody could make.
   */
  public MariaDbScript definitions(ConnectionSettings database) {
    String what = "read the views, routines, triggers and events of " + database.name();
    Definitions definitions = new Definitions(null);
    try (Login login = tools.mariadb(database)) {
      List<String> argv = new ArrayList<>(List.of(dumpProgram));
      argv.addAll(login.arguments());
      argv.addAll(
          List.of(
              "--no-data",
              // A broken view must not keep anybody from restoring what was there before it broke.
              "--force",
              "--skip-lock-tables",
              "--routines",
              "--events",
              "--triggers",
              "--no-tablespaces",
              "--default-character-set=utf8mb4",
              "--",
              database.database()));
      DumpErrors errors = new DumpErrors(what);
      try (RunningCommand running = tools.start(argv, login)) {
        boolean whole =
            new SqlScript(
                    new ScriptBytes(running.output(), OutputStream.nullOutputStream()),
                    new WantedRows(Set.of(), TableDataSink.NONE),
                    definitions)
                .read();
        if (!whole) {
          errors.requireSuccess(running, dumpProgram);
          throw new IOException("it ended early");
        }
        running.waitFor();
      }
      return definitions.script();
    } catch (IOException e) {
      throw failed("could not " + what, e);
    }
  }

  private interface Script {
    void writeTo(OutputStream out) throws IOException;
  }

  private void send(String what, ConnectionSettings into, Script script) throws IOException {
    try (Login login = tools.mariadb(into)) {
      List<String> argv = new ArrayList<>(List.of(program));
      argv.addAll(login.arguments());
      argv.addAll(
          List.of(
              "--batch",
              "--comments",
              "--binary-mode",
              "--max-allowed-packet=1G",
              "--default-character-set=utf8mb4",
              "--init-command=SET SESSION max_statement_time=0",
              "--database=" + into.database()));
      try (RunningCommand running = tools.startWithInput(argv, login)) {
        IOException broken = write(running, script);
        if (broken != null && running.errors().isBlank() && !ended(broken)) {
          throw broken;
        }
        CommandResult result = running.waitFor();
        if (!result.succeeded()) {
          throw refused(what, result);
        }
        if (broken != null) {
          throw broken;
        }
      }
    }
  }

  /** Why not all could be written; null where it could. */
  private static @Nullable IOException write(RunningCommand running, Script script) {
    try (OutputStream out = new BufferedOutputStream(running.input(), BUFFER)) {
      script.writeTo(out);
      return null;
    } catch (IOException e) {
      return e;
    }
  }

  /** Whether the client takes no more, since it has ended: it says why. */
  private static boolean ended(IOException e) {
    String text = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    return text.contains("broken pipe") || text.contains("stream closed");
  }

  private static SyncException refused(String what, CommandResult result) {
    List<String> errors = new ArrayList<>();
    String code = "";
    for (String line : result.errorLines()) {
      Matcher error = ERROR.matcher(line);
      if (error.matches()) {
        code = error.group(1);
        String place = error.group(2) == null ? "" : error.group(2);
        // Other messages quote values.
        errors.add(NAMING.contains(code) ? line : "ERROR " + code + place);
      }
    }
    return new SyncException(
        Kind.FAILED,
        "could not " + what + ": the client ended with status " + result.exitStatus(),
        switch (code) {
          case "1227" ->
              "Views, triggers, routines or events belong to other accounts: as an administrator,"
                  + " GRANT SET USER ON *.* to this account, or name one that may under"
                  + " database.maintenance.";
          case "1021", "1114", "3" -> "The server's disk is full. Free some space.";
          case "1045" -> "see the database's user and password";
          default -> "";
        },
        errors);
  }

  private static SyncException failed(String what, IOException e) {
    return new SyncException(Kind.FAILED, what + ": " + PartFile.reason(e), "", e);
  }
}
