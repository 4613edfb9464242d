package io.travaso.traps;

import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.testing.MariaDbServer;
import io.travaso.testing.PostgresServer;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every trap, on every version of PostgreSQL and MariaDB there is: the installed one, the oldest
 * and the newest, and those between with {@code -Pall-postgres} and {@code -Pall-mariadb}. Ends
 * with a table of traps and outcomes.
 */
class TrapsIT {

  @AfterAll
  static void printTable() {
    System.out.println(TrapTable.text());
    assertThat(TrapTable.notRun()).as("cases that were not run on every version").isEmpty();
  }

  static List<PostgresServer> servers() {
    return PostgresServer.everyVersion();
  }

  static List<MariaDbServer> mariaDbServers() {
    return MariaDbServer.everyVersion();
  }

  @Nested
  @ParameterizedClass(name = "{0}", autoCloseArguments = false)
  @MethodSource("io.travaso.traps.TrapsIT#servers")
  class Engines extends EngineTraps {
    Engines(PostgresServer server) {
      super(server);
    }
  }

  @Nested
  @ParameterizedClass(name = "{0}", autoCloseArguments = false)
  @MethodSource("io.travaso.traps.TrapsIT#servers")
  class Values extends ValueTraps {
    Values(PostgresServer server) {
      super(server);
    }
  }

  @Nested
  @ParameterizedClass(name = "{0}", autoCloseArguments = false)
  @MethodSource("io.travaso.traps.TrapsIT#servers")
  class Types extends TypeTraps {
    Types(PostgresServer server) {
      super(server);
    }
  }

  @Nested
  @ParameterizedClass(name = "{0}", autoCloseArguments = false)
  @MethodSource("io.travaso.traps.TrapsIT#servers")
  class Structures extends StructureTraps {
    Structures(PostgresServer server) {
      super(server);
    }
  }

  @Nested
  @ParameterizedClass(name = "{0}", autoCloseArguments = false)
  @MethodSource("io.travaso.traps.TrapsIT#servers")
  class Rows extends RowTraps {
    Rows(PostgresServer server) {
      super(server);
    }
  }

  @Nested
  @ParameterizedClass(name = "{0}", autoCloseArguments = false)
  @MethodSource("io.travaso.traps.TrapsIT#servers")
  class Files extends FileTraps {
    Files(PostgresServer server) {
      super(server);
    }
  }

  @Nested
  @ParameterizedClass(name = "{0}", autoCloseArguments = false)
  @MethodSource("io.travaso.traps.TrapsIT#mariaDbServers")
  class MariaDbEngines extends MariaDbEngineTraps {
    MariaDbEngines(MariaDbServer server) {
      super(server);
    }
  }

  @Nested
  @ParameterizedClass(name = "{0}", autoCloseArguments = false)
  @MethodSource("io.travaso.traps.TrapsIT#mariaDbServers")
  class MariaDbValues extends MariaDbValueTraps {
    MariaDbValues(MariaDbServer server) {
      super(server);
    }
  }

  @Nested
  @ParameterizedClass(name = "{0}", autoCloseArguments = false)
  @MethodSource("io.travaso.traps.TrapsIT#mariaDbServers")
  class MariaDbTypes extends MariaDbTypeTraps {
    MariaDbTypes(MariaDbServer server) {
      super(server);
    }
  }

  @Nested
  @ParameterizedClass(name = "{0}", autoCloseArguments = false)
  @MethodSource("io.travaso.traps.TrapsIT#mariaDbServers")
  class MariaDbStructures extends MariaDbStructureTraps {
    MariaDbStructures(MariaDbServer server) {
      super(server);
    }
  }
}
