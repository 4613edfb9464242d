package io.travaso.config;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A database's URL: {@code postgresql://user@host:port/database?sslmode=require}, as libpq reads it
 * but for the password, which has no place in it, or {@code mariadb://…} in the same form. Nothing
 * of the URL is quoted in a message.
 */
record DatabaseUrl(
    String engine,
    String host,
    int port,
    String database,
    String user,
    Map<String, String> parameters) {

  /** What stands in where the URL cannot be read. */
  static final DatabaseUrl NONE = new DatabaseUrl("postgresql", "", 0, "", "", Map.of());

  static final Set<String> PATHS = Set.of("sslrootcert", "sslcert", "sslkey");

  private static final String EXAMPLE =
      "write postgresql://user@host:5432/database or mariadb://user@host:3306/database";
  private static final Pattern HOST_AND_PORT =
      Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)]|([A-Za-z0-9._-]+))(?::([0-9]{1,5}))?");

  /** What a URL may say of an engine's database. The parameters have libpq's names. */
  private enum Engine {
    POSTGRESQL(
        "postgresql",
        5432,
        "disable|allow|prefer|require|verify-ca|verify-full",
        "sslrootcert|sslcert|sslkey"),
    MARIADB("mariadb", 3306, "disable|require|verify-ca|verify-full", "sslrootcert");

    private final String url;
    private final int port;
    private final String sslModes;
    private final String files;

    Engine(String url, int port, String sslModes, String files) {
      this.url = url;
      this.port = port;
      this.sslModes = sslModes;
      this.files = files;
    }

    /** Frameworks call MariaDB mysql, as its protocol is; the server is asked what it is. */
    static @Nullable Engine ofScheme(String scheme) {
      return switch (scheme) {
        case "postgresql", "postgres" -> POSTGRESQL;
        case "mariadb", "mysql" -> MARIADB;
        default -> null;
      };
    }
  }

  /** Reads a URL; each problem is handed on as what is wrong and a hint. */
  static DatabaseUrl parse(String url, BiConsumer<String, String> problem) {
    String scheme = url.contains("://") ? url.substring(0, url.indexOf("://")) : "";
    Engine engine = Engine.ofScheme(scheme);
    if (engine == null) {
      problem.accept("is not the URL of a PostgreSQL or MariaDB database", EXAMPLE);
      return NONE;
    }
    String rest = url.substring(scheme.length() + 3);
    String address = rest.contains("?") ? rest.substring(0, rest.indexOf('?')) : rest;
    String query = rest.contains("?") ? rest.substring(rest.indexOf('?') + 1) : "";
    if (holdsPassword(rest)) {
      problem.accept(
          "holds a password",
          "take it out of the URL and refer to it: password: {env: NAME}, or file, dotenv + key,"
              + " command, ~/.pgpass");
      return NONE;
    }
    // The last @: one in the user's name should have been written %40, but is clear without.
    int at = address.lastIndexOf('@');
    int slash = address.indexOf('/', at + 1);
    String user = at < 0 ? "" : address.substring(0, at);
    String place = slash < 0 ? address.substring(at + 1) : address.substring(at + 1, slash);
    String database = slash < 0 ? "" : address.substring(slash + 1);
    Matcher matcher = HOST_AND_PORT.matcher(place);
    if (user.isEmpty() || database.isEmpty() || !matcher.matches()) {
      problem.accept("does not name user, host and database", EXAMPLE);
      return NONE;
    }
    String host = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
    int port = matcher.group(3) == null ? engine.port : Integer.parseInt(matcher.group(3));
    if (port < 1 || port > 65535) {
      problem.accept("has a port outside 1 to 65535", EXAMPLE);
    }
    return new DatabaseUrl(
        engine.url,
        host,
        port,
        decoded(database, problem),
        decoded(user, problem),
        parameters(engine, query, problem));
  }

  /** A colon in what stands before the last @, even where an unescaped slash cuts the password. */
  private static boolean holdsPassword(String rest) {
    int at = rest.lastIndexOf('@');
    return (at >= 0 && rest.substring(0, at).contains(":"))
        || Pattern.compile("[?&](ssl)?password=").matcher(rest).find();
  }

  private static Map<String, String> parameters(
      Engine engine, String query, BiConsumer<String, String> problem) {
    Map<String, String> parameters = new HashMap<>();
    for (String pair : query.isEmpty() ? new String[0] : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : decoded(pair.substring(equals + 1), problem);
      boolean good =
          switch (name) {
            case "sslmode" -> value.matches(engine.sslModes);
            case "connect_timeout" -> value.matches("[1-9][0-9]{0,3}");
            default -> name.matches(engine.files) && !value.isEmpty();
          };
      if (!good || parameters.put(name, value) != null) {
        problem.accept(
            "has a parameter that is unknown, repeated or out of range",
            "known are sslmode=%s, %s, connect_timeout=SECONDS"
                .formatted(engine.sslModes, engine.files.replace("|", ", ")));
      }
    }
    return parameters;
  }

  private static String decoded(String text, BiConsumer<String, String> problem) {
    if (text.matches("(?s).*%(?![0-9A-Fa-f]{2}).*")) {
      problem.accept("has a % that is not followed by two hexadecimal digits", "write it as %25");
      return text;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ByteBuffer decoded = ByteBuffer.allocate(bytes.length);
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '%') {
        decoded.put((byte) Integer.parseInt(text(bytes, i + 1), 16));
        i += 2;
      } else {
        decoded.put(bytes[i]);
      }
    }
    try {
      String result = StandardCharsets.UTF_8.newDecoder().decode(decoded.flip()).toString();
      if (result.chars().anyMatch(Character::isISOControl)) {
        problem.accept("holds a control character", "");
      }
      return result;
    } catch (CharacterCodingException e) {
      problem.accept("has % codes that are not UTF-8", "");
      return text;
    }
  }

  private static String text(byte[] bytes, int start) {
    return new String(bytes, start, 2, StandardCharsets.US_ASCII);
  }

  /** The URL of these settings; {@link #parse} reads it back. */
  static String of(DatabaseSettings settings) {
    String host = settings.host().contains(":") ? "[" + settings.host() + "]" : settings.host();
    StringBuilder url = new StringBuilder(settings.engine()).append("://");
    url.append(encoded(settings.user())).append('@').append(host);
    url.append(':').append(settings.port()).append('/').append(encoded(settings.database()));
    char separator = '?';
    for (var parameter : new TreeMap<>(settings.parameters()).entrySet()) {
      url.append(separator).append(parameter.getKey()).append('=');
      url.append(encoded(parameter.getValue()));
      separator = '&';
    }
    return url.toString();
  }

  private static String encoded(String text) {
    StringBuilder encoded = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      boolean plain = (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || (b >= '0' && b <= '9');
      if (plain || "-._~/".indexOf(b) >= 0) {
        encoded.append((char) b);
      } else {
        encoded.append(String.format("%%%02X", b & 0xff));
      }
    }
    return encoded.toString();
  }

  /** These parameters, with the paths in them replaced. */
  Map<String, String> parameters(UnaryOperator<String> place) {
    Map<String, String> placed = new LinkedHashMap<>();
    parameters.forEach(
        (name, value) -> placed.put(name, PATHS.contains(name) ? place.apply(value) : value));
    return placed;
  }
}
