package io.travaso.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.travaso.SyncException;
import io.travaso.host.LocalHost;
import io.travaso.testing.ComposeSample;
import io.travaso.testing.Engine;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.PGConnection;

/** The ways to servers in containers. */
class EndpointIT {
  /** Bytes through a forward, each way; one way ends before the other. */
  private static final int BULK = Integer.getInteger("travaso.test.bulk", 8) << 20;

  private static final io.travaso.testing.DockerEngine TESTS =
      io.travaso.testing.DockerEngine.get();
  private static ComposeSample sample;
  private static ComposeProject project;

  @BeforeAll
  static void start() {
    sample = ComposeSample.start(TESTS, true, "django-db", "maria-db");
    project = DockerEngine.find(new LocalHost()).project(sample.file().toString(), null);
  }

  @AfterAll
  static void stop() {
    if (sample != null) {
      sample.close();
    }
  }

  private static Container container(Engine engine) {
    return project.container(ComposeSample.service(engine));
  }

  private static int port(Engine engine) {
    return engine == Engine.POSTGRESQL ? 5432 : 3306;
  }

  /** The same container to whom does not know some of the ways. */
  private static Container without(Container it, boolean address) {
    ContainerFacts facts = it.facts();
    return new Container(
        it.engine(),
        it.docker(),
        new ContainerFacts(
            facts.id(),
            facts.name(),
            facts.image(),
            facts.imageId(),
            facts.state(),
            facts.health(),
            facts.exitStatus(),
            facts.networkMode(),
            facts.mounts(),
            Map.of(),
            address ? List.of() : facts.addresses(),
            facts.labels()));
  }

  @ParameterizedTest
  @EnumSource(Engine.class)
  void theShortestWayIsTaken(Engine engine) throws SQLException {
    Container container = container(engine);

    try (Endpoint published = container.endpoint(port(engine));
        Endpoint own = without(container, false).endpoint(port(engine));
        Endpoint forward = without(container, true).endpoint(port(engine))) {
      assertThat(published.way()).isEqualTo("its published port");
      assertThat(container.answersAt("localhost", published.port(), port(engine))).isTrue();
      assertThat(container.answersAt("localhost", published.port() + 1, port(engine))).isFalse();
      assertThat(container.isPublishedEverywhere(port(engine))).isFalse();
      assertThat(own.way()).isEqualTo("the container's own address");
      assertThat(own.host()).isEqualTo(sample.address(ComposeSample.service(engine)));
      assertThat(forward.way()).isEqualTo("a forward through Docker");
      for (Endpoint way : List.of(published, own, forward)) {
        try (Connection connection = connect(engine, way)) {
          assertThat(connection.isValid(5)).isTrue();
        }
      }
    }
  }

  private static Connection connect(Engine engine, Endpoint way) throws SQLException {
    String url = "jdbc:%s://%s:%d/%s";
    return DriverManager.getConnection(
        url.formatted(
            engine.scheme(),
            way.host(),
            way.port(),
            engine == Engine.POSTGRESQL ? "postgres" : "mysql"),
        ComposeSample.administrator(engine),
        sample.secret(ComposeSample.administratorsKey(engine)));
  }

  @ParameterizedTest
  @EnumSource(
      value = ForwardProgram.class,
      names = {"PERL", "BASH"})
  void muchGoesThroughAForwardBothWays(ForwardProgram program) throws Exception {
    Container container = container(Engine.POSTGRESQL);

    try (Forward forward = Forward.open(container, program, 5432);
        Connection connection = connect(Engine.POSTGRESQL, forward);
        Connection other = connect(Engine.POSTGRESQL, forward)) {
      connection.createStatement().execute("CREATE TEMP TABLE bulk (line text)");
      String line =
          new Random(1)
                  .ints(1000, 'a', 'z')
                  .collect(
                      StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
              + "\n";
      long lines = BULK / line.length();
      var in = connection.unwrap(PGConnection.class).getCopyAPI().copyIn("COPY bulk FROM STDIN");
      byte[] bytes = line.getBytes(StandardCharsets.US_ASCII);
      for (int i = 0; i < lines; i++) {
        in.writeToCopy(bytes, 0, bytes.length);
      }
      assertThat(in.endCopy()).isEqualTo(lines);
      long[] back = new long[1];
      connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyOut(
              "COPY bulk TO STDOUT",
              new OutputStream() {
                @Override
                public void write(int b) {
                  back[0]++;
                }

                @Override
                public void write(byte[] b, int offset, int length) {
                  back[0] +=
                      java.util.Arrays.equals(b, offset, offset + length, bytes, 0, bytes.length)
                          ? 1
                          : 0;
                }
              });
      assertThat(back[0]).isEqualTo(lines);
      assertThat(other.isValid(5)).isTrue();
    }
    awaitNoSessions();
    requireUndisturbed();
  }

  @Test
  void muchGoesThroughAForwardToMariaDb() throws SQLException {
    Container container = without(container(Engine.MARIADB), true);
    byte[] bytes = new byte[1 << 20];
    new Random(1).nextBytes(bytes);
    try (Endpoint forward = container.endpoint(3306);
        Connection connection = connect(Engine.MARIADB, forward)) {
      connection
          .createStatement()
          .execute("CREATE TEMPORARY TABLE bulk (n INT PRIMARY KEY, b LONGBLOB)");
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO bulk VALUES (?, ?)")) {
        for (int i = 0; i < BULK >> 20; i++) {
          insert.setInt(1, i);
          insert.setBytes(2, bytes);
          insert.executeUpdate();
        }
      }
      try (ResultSet rows = connection.createStatement().executeQuery("SELECT b FROM bulk")) {
        int count = 0;
        while (rows.next()) {
          assertThat(rows.getBytes(1)).isEqualTo(bytes);
          count++;
        }
        assertThat(count).isEqualTo(BULK >> 20);
      }
    }
  }

  /** A client that goes away without a word, while the server is busy. */
  @ParameterizedTest
  @EnumSource(
      value = ForwardProgram.class,
      names = {"PERL", "BASH"})
  void whoIsCutOffLeavesNothingBehind(ForwardProgram program) throws Exception {
    Container container = container(Engine.POSTGRESQL);
    try (Forward forward = Forward.open(container, program, 5432)) {
      for (int i = 0; i < 3; i++) {
        Socket socket = new Socket(forward.host(), forward.port());
        // The server's answer to a request for TLS is one letter.
        socket.getOutputStream().write(new byte[] {0, 0, 0, 8, 4, (byte) 210, 22, 47});
        InputStream answer = socket.getInputStream();
        assertThat(answer.read()).isIn((int) 'N', (int) 'S');
        if (i == 0) {
          socket.shutdownOutput();
          assertThat(answer.read()).isEqualTo(-1);
        }
        socket.close();
      }
    }
    awaitNoSessions();
    requireUndisturbed();
  }

  private static void awaitNoSessions() throws InterruptedException {
    Container container = container(Engine.POSTGRESQL);
    String programs = "";
    for (int i = 0; i < 60; i++) {
      programs = container.run(container.exec(List.of("ps", "ax", "-o", "args"))).output();
      if (!programs.contains("perl") && !programs.contains("tcp/127.0.0.1")) {
        return;
      }
      Thread.sleep(200);
    }
    assertThat(programs).doesNotContain("perl", "tcp/127.0.0.1");
  }

  /** PostgreSQL as a container's first process ends all sessions when a stranger's child dies. */
  private static void requireUndisturbed() {
    assertThat(sample.compose("logs", "--no-color", "django-db"))
        .doesNotContain("terminating any other active server processes");
  }

  @Test
  void whereNothingListensThatIsTold() {
    Container container = container(Engine.POSTGRESQL);
    assertThat(catchThrowableOfType(SyncException.class, () -> container.endpoint(4711)))
        .hasMessageContaining("nothing answers on port 4711 of the container " + container.name());
  }
}
