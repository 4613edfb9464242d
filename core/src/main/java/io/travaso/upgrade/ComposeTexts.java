package io.travaso.upgrade;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A compose file and the {@code .env} beside it, as texts.
 *
 * @param name of the compose file, for messages
 * @param dotenv null where there is none
 * @param environment of the process that runs compose; it goes before {@code .env}
 * @param yaml of the compose file
 */
record ComposeTexts(
    String name,
    String compose,
    @Nullable String dotenv,
    Map<String, String> environment,
    ComposeYaml yaml) {

  static ComposeTexts of(
      String name, String compose, @Nullable String dotenv, Map<String, String> environment) {
    return new ComposeTexts(name, compose, dotenv, environment, new ComposeYaml(name, compose));
  }

  ComposeTexts with(String newCompose, @Nullable String newDotenv) {
    return of(name, newCompose, newDotenv, environment);
  }

  Optional<DotenvText.Value> dotenvValue(String key) {
    return dotenv == null ? Optional.empty() : new DotenvText(dotenv).find(key);
  }

  /** The image of a service as compose sees it. */
  String image(String service) throws ComposeYaml.NoImage {
    String written = yaml.image(service).getValue();
    return Interpolation.of(written)
        .orElseThrow(
            () -> new ComposeYaml.NoImage("its image has a variable that is not understood here"))
        .resolved(this::value);
  }

  private @Nullable String value(String name) {
    String set = environment.get(name);
    return set != null ? set : dotenvValue(name).map(DotenvText.Value::text).orElse(null);
  }
}
