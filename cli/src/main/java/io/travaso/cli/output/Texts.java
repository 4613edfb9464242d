package io.travaso.cli.output;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Properties;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/**
 * A bundle of texts. It is read without {@link ResourceBundle#getBundle}, which would take the
 * JVM's language where there is no text in the one that was asked for.
 */
public final class Texts extends ResourceBundle {
  private final Properties properties;

  private Texts(Properties properties) {
    this.properties = properties;
  }

  /**
   * Loads a bundle.
   *
   * @param name {@code messages} or {@code help}
   */
  public static Texts load(String name, Language language) {
    String file = "/io/travaso/cli/" + name + language.suffix() + ".properties";
    Properties properties = new Properties();
    try (InputStream in = Texts.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("There is no " + file);
      }
      properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new IllegalStateException("Reading " + file, e);
    }
    return new Texts(properties);
  }

  /** The text of a key that must be there. */
  public String get(String key) {
    return getString(key);
  }

  @Override
  protected @Nullable Object handleGetObject(String key) {
    return properties.getProperty(key);
  }

  @Override
  public Enumeration<String> getKeys() {
    return Collections.enumeration(properties.stringPropertyNames());
  }
}
