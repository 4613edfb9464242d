package io.travaso.database;

import java.sql.SQLException;
import java.sql.Statement;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/** Has the dialect look at every statement that was executed. */
final class StatementCheck implements SqlLogger {
  private final Dialect dialect;

  StatementCheck(Dialect dialect) {
    this.dialect = dialect;
  }

  @Override
  public void logAfterExecution(StatementContext context) {
    Statement statement = context.getStatement();
    if (statement != null) {
      try {
        dialect.checkStatement(statement);
      } catch (SQLException e) {
        throw new UnableToExecuteStatementException(e, context);
      }
    }
  }
}
