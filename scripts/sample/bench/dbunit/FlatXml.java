import java.io.BufferedOutputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import org.dbunit.database.DatabaseConfig;
import org.dbunit.database.DatabaseConnection;
import org.dbunit.database.ForwardOnlyResultSetTableFactory;
import org.dbunit.database.QueryDataSet;
import org.dbunit.dataset.stream.StreamingDataSet;
import org.dbunit.dataset.xml.FlatXmlDataSet;
import org.dbunit.dataset.xml.FlatXmlProducer;
import org.dbunit.ext.mysql.MySqlDataTypeFactory;
import org.dbunit.ext.mysql.MySqlMetadataHandler;
import org.dbunit.ext.postgresql.PostgresqlDataTypeFactory;
import org.dbunit.operation.DatabaseOperation;
import org.xml.sax.InputSource;

/**
 * DbUnit as one uses it for a lot of rows: streams, one transaction, batches. {@code export|refresh
 * URL FILE}.
 */
public final class FlatXml {

  public static void main(String[] args) throws Exception {
    try (Connection connection =
        DriverManager.getConnection(args[1], "studio", System.getenv("BENCH_PASSWORD"))) {
      connection.setAutoCommit(false);
      boolean postgresql = args[1].startsWith("jdbc:postgresql:");
      DatabaseConnection database =
          new DatabaseConnection(connection, postgresql ? "public" : null);
      DatabaseConfig config = database.getConfig();
      config.setProperty(
          DatabaseConfig.PROPERTY_DATATYPE_FACTORY,
          postgresql ? new PostgresqlDataTypeFactory() : new MySqlDataTypeFactory());
      if (!postgresql) {
        config.setProperty(DatabaseConfig.PROPERTY_METADATA_HANDLER, new MySqlMetadataHandler());
      }
      config.setProperty(DatabaseConfig.FEATURE_BATCHED_STATEMENTS, true);
      config.setProperty(DatabaseConfig.FEATURE_ALLOW_EMPTY_FIELDS, true);
      if (args[0].equals("export")) {
        config.setProperty(
            DatabaseConfig.PROPERTY_RESULTSET_TABLE_FACTORY,
            new ForwardOnlyResultSetTableFactory());
        config.setProperty(DatabaseConfig.PROPERTY_FETCH_SIZE, 1000);
        QueryDataSet rows = new QueryDataSet(database);
        rows.addTable("office_customer", "SELECT * FROM office_customer ORDER BY id");
        rows.addTable("office_invoice", "SELECT * FROM office_invoice ORDER BY id");
        try (OutputStream out =
            new BufferedOutputStream(Files.newOutputStream(Path.of(args[2])), 1 << 16)) {
          FlatXmlDataSet.write(rows, out);
        }
      } else {
        FlatXmlProducer producer =
            new FlatXmlProducer(new InputSource(Path.of(args[2]).toUri().toString()));
        producer.setColumnSensing(true);
        DatabaseOperation.REFRESH.execute(database, new StreamingDataSet(producer));
      }
      connection.commit();
    }
  }

  private FlatXml() {}
}
