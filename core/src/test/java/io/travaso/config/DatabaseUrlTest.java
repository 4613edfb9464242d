package io.travaso.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlTest {

  @ParameterizedTest
  @CsvSource({
    "postgresql://u@h/d, h, 5432, d, u",
    "postgres://u@h:1/d, h, 1, d, u",
    "postgresql://u@[::1]:5433/d, ::1, 5433, d, u",
    "postgresql://a%40b@my_host.x/d%20e%2Ff, my_host.x, 5432, d e/f, a@b",
    "postgresql://a@b@h/d, h, 5432, d, a@b",
    "postgresql://%C3%A0+b@h/%25, h, 5432, %, à+b",
  })
  void reads(String url, String host, int port, String database, String user) {
    List<String> problems = new ArrayList<>();

    assertThat(DatabaseUrl.parse(url, (what, hint) -> problems.add(what)))
        .isEqualTo(new DatabaseUrl("postgresql", host, port, database, user, Map.of()));
    assertThat(problems).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "postgresql://u@h, does not name user host and database",
    "postgresql://u@h/, does not name user host and database",
    "postgresql://h/d, does not name user host and database",
    "postgresql:///d, does not name user host and database",
    "postgresql://u@/d, does not name user host and database",
    "postgresql://u@h:/d, does not name user host and database",
    "postgresql://u@-h x/d, does not name user host and database",
    "postgresql://u@h:0/d, has a port outside 1 to 65535",
    "postgresql://u@h:65536/d, has a port outside 1 to 65535",
    "postgresql://u:@h/d, holds a password",
    "postgresql://u@h/d?user=x&password=y, holds a password",
    "postgresql://u@h/d?sslmode=no, has a parameter that is unknown repeated or out of range",
    "postgresql://u@h/d?sslmode, has a parameter that is unknown repeated or out of range",
    "postgresql://u@h/d?options=-c, has a parameter that is unknown repeated or out of range",
    "postgresql://u@h/d?connect_timeout=5&connect_timeout=6, has a parameter that is unknown repeated or out of range",
    "postgresql://u@h/d%2, has a % that is not followed by two hexadecimal digits",
    "postgresql://u@h/d%ff, has % codes that are not UTF-8",
    "postgresql://u@h/d%00, holds a control character",
    "mariadb://u@h/d?sslmode=prefer, has a parameter that is unknown repeated or out of range",
    "mariadb://u@h/d?sslkey=/a, has a parameter that is unknown repeated or out of range",
    "jdbc:postgresql://u@h/d, is not the URL of a PostgreSQL or MariaDB database",
    "oracle://u@h/d, is not the URL of a PostgreSQL or MariaDB database",
    "u@h/d, is not the URL of a PostgreSQL or MariaDB database",
  })
  void refuses(String url, String problem) {
    List<String> problems = new ArrayList<>();
    DatabaseUrl.parse(url, (what, hint) -> problems.add(what.replace(",", "")));

    assertThat(problems).containsExactly(problem);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mariadb://u@h/d", "mysql://u@h/d"})
  void knowsMariaDb(String address) {
    List<String> problems = new ArrayList<>();
    DatabaseUrl url = DatabaseUrl.parse(address, (what, hint) -> problems.add(what));

    assertThat(problems).isEmpty();
    assertThat(url.engine()).isEqualTo("mariadb");
    assertThat(url.port()).isEqualTo(3306);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sslmode=verify-full", "connect_timeout=10", "sslrootcert=/a%20b"})
  void takesKnownParameters(String parameter) {
    List<String> problems = new ArrayList<>();
    DatabaseUrl url =
        DatabaseUrl.parse("postgresql://u@h/d?" + parameter, (what, hint) -> problems.add(what));

    assertThat(problems).isEmpty();
    assertThat(url.parameters()).hasSize(1);
  }

  @Test
  void doesNotRepeatWhatItRefuses() {
    DatabaseUrl.parse(
        "postgresql://u@h:hunter2/d",
        (what, hint) -> assertThat(what + hint).doesNotContain("hunter2"));
  }
}
