package io.travaso.cli.endtoend;

import io.travaso.testing.Engine;

class KilledRollbackIT extends KilledRollbackContract {

  @Override
  Engine engine() {
    return Engine.POSTGRESQL;
  }

  @Override
  String[] waitingTrigger() {
    return new String[] {
      "CREATE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql AS"
          + " $$ BEGIN PERFORM pg_advisory_xact_lock(815); RETURN NEW; END $$",
      "CREATE TRIGGER wait BEFORE UPDATE ON clienti_cliente FOR EACH ROW EXECUTE FUNCTION wait()"
    };
  }

  @Override
  String gate() {
    return "SELECT pg_advisory_xact_lock(815)";
  }

  @Override
  String rowLock() {
    return "LOCK TABLE pratiche_pratica IN ROW EXCLUSIVE MODE";
  }
}
