package io.travaso.cli.command;

import io.travaso.cli.output.Result;
import io.travaso.config.SecretReference;
import io.travaso.pipeline.Init;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code sync init}: writes a configuration to start from. */
@picocli.CommandLine.Command(name = "init")
public final class InitCommand extends Command {
  @Option(names = "--url", paramLabel = "URL", descriptionKey = "option.url")
  @Nullable String url;

  @Option(names = "--password-env", paramLabel = "NAME", descriptionKey = "option.password-env")
  @Nullable String passwordEnv;

  @Option(names = "--password-file", paramLabel = "FILE", descriptionKey = "option.password-file")
  @Nullable String passwordFile;

  @Option(
      names = "--password-dotenv",
      paramLabel = "FILE:KEY",
      descriptionKey = "option.password-dotenv")
  @Nullable String passwordDotenv;

  @Option(names = "--force-overwrite", descriptionKey = "option.force-overwrite")
  boolean overwrite;

  @Override
  public void check(List<String> problems) {
    long passwords =
        Stream.of(passwordEnv, passwordFile, passwordDotenv).filter(Objects::nonNull).count();
    if (passwords > 1) {
      problems.add("of --password-env, --password-file and --password-dotenv only one can be");
    }
    if (passwords > 0 && url == null) {
      problems.add("a password is of no use without --url");
    }
    if (passwordDotenv != null && !passwordDotenv.matches(".+:[^:/]+")) {
      problems.add("--password-dotenv is a file and a key in it: .env:DB_PASSWORD");
    }
  }

  @Override
  public Result run(Session session) {
    Launch launch = session.launch();
    Init init = new Init(launch.surroundings(), launch.version(), launch.clock());
    Path file = config == null ? init.usualFile() : Path.of(config);
    Init.Written written =
        url == null
            ? init.writeTemplate(file, overwrite)
            : init.writeProposal(file, url, password(), overwrite);
    return new InitResult(written, session.program());
  }

  private SecretReference password() {
    if (passwordEnv != null) {
      return new SecretReference.FromEnv(passwordEnv);
    }
    if (passwordFile != null) {
      return new SecretReference.FromFile(passwordFile);
    }
    if (passwordDotenv != null) {
      int colon = passwordDotenv.lastIndexOf(':');
      return new SecretReference.FromDotenv(
          passwordDotenv.substring(0, colon), passwordDotenv.substring(colon + 1));
    }
    return new SecretReference.None();
  }
}
