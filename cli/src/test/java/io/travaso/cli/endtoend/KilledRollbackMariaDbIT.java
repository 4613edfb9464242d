package io.travaso.cli.endtoend;

import io.travaso.testing.Engine;
import org.junit.jupiter.api.Tag;

@Tag("night")
class KilledRollbackMariaDbIT extends KilledRollbackContract {

  @Override
  Engine engine() {
    return Engine.MARIADB;
  }

  @Override
  String[] waitingTrigger() {
    return new String[] {
      "CREATE TRIGGER wait BEFORE UPDATE ON clienti_cliente FOR EACH ROW"
          + " SET @waited = (SELECT id FROM altro WHERE id = 1 LOCK IN SHARE MODE)"
    };
  }

  @Override
  String gate() {
    return "UPDATE altro SET testo = 'held' WHERE id = 1";
  }

  @Override
  String rowLock() {
    return "SELECT id FROM pratiche_pratica WHERE id = 1 FOR UPDATE";
  }
}
