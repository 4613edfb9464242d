package io.travaso.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.travaso.Secret;
import io.travaso.SyncException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretResolverTest {
  @TempDir private Path folder = Path.of("");
  private SecretResolver resolver = new SecretResolver(Sample.surroundings(Map.of()), folder);

  @BeforeEach
  void resolveInTheFolder() throws IOException {
    Path home = Files.createDirectory(folder.resolve("home"));
    Map<String, String> variables = Map.of("DB_PASSWORD", " s3cret ", "EMPTY", "");
    resolver =
        new SecretResolver(
            new Surroundings(variables, folder, home), Files.createDirectory(folder.resolve("p")));
  }

  private String revealed(SecretReference reference) {
    return resolver.resolve(reference).map(Secret::reveal).orElse("(none)");
  }

  private SyncException error(SecretReference reference) {
    SyncException error =
        catchThrowableOfType(SyncException.class, () -> resolver.resolve(reference));
    assertThat(error.kind()).isEqualTo(SyncException.Kind.CONFIGURATION);
    assertThat(error.hint()).isNotEmpty();
    return error;
  }

  private static SecretReference command(String... command) {
    return new SecretReference.FromCommand(List.of(command));
  }

  @Test
  void nothingIsNoSecret() {
    assertThat(resolver.resolve(new SecretReference.None())).isEmpty();
  }

  @Test
  void takesAVariableAsItIs() {
    assertThat(revealed(new SecretReference.FromEnv("DB_PASSWORD"))).isEqualTo(" s3cret ");
    assertThat(error(new SecretReference.FromEnv("NONE")).what())
        .isEqualTo("the environment variable NONE is not set");
    assertThat(error(new SecretReference.FromEnv("EMPTY")).what())
        .isEqualTo("the environment variable EMPTY is empty");
  }

  @Test
  void takesAFileWithoutItsLastNewline() throws IOException {
    Files.writeString(folder.resolve("p/one"), "s3cret \n");
    Files.writeString(folder.resolve("home/two"), "s3cret\r\n");
    Files.writeString(folder.resolve("three"), "s3crèt");

    assertThat(revealed(new SecretReference.FromFile("one"))).isEqualTo("s3cret ");
    assertThat(revealed(new SecretReference.FromFile("~/two"))).isEqualTo("s3cret");
    assertThat(revealed(new SecretReference.FromFile(folder + "/three"))).isEqualTo("s3crèt");
  }

  @Test
  void refusesAFileThatHoldsNoSecretOrMoreThanOne() throws IOException {
    Files.writeString(folder.resolve("p/empty"), "\n");
    Files.writeString(folder.resolve("p/two"), "hunter2\nhunter3\n");
    Files.write(folder.resolve("p/binary"), new byte[] {'h', 'u', (byte) 0xff});

    assertThat(error(new SecretReference.FromFile("empty")).what()).endsWith("empty is empty");
    assertThat(error(new SecretReference.FromFile("two")).what())
        .endsWith("has more than one line, or a NUL")
        .doesNotContain("hunter");
    assertThat(error(new SecretReference.FromFile("binary")).what()).endsWith("is not UTF-8");
    assertThat(error(new SecretReference.FromFile("none")).what())
        .endsWith("there is no such file");
    assertThat(error(new SecretReference.FromFile("..")).what()).endsWith("it is a folder");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "K=s3cret|s3cret",
        "export K=s3cret|s3cret",
        "  K = s3cret  |s3cret",
        "K=s3cret # comment|s3cret",
        "K=s3#cret|s3#cret",
        "K=\"s3 #cret\" # comment|s3 #cret",
        "K='s3 \"cret\\n'|s3 \"cret\\n",
        "K=\"a\\\"b\\\\c\\$d\"|a\"b\\c$d",
        "K=\"unclosed|\"unclosed",
        "K=a=b==|a=b==",
        "K=$HOME|$HOME",
        "`#K=no\nK=first\r\nOTHER=x\nK=last\n`|last",
        "`A=\"x\nK=inside\n\"\nK=outside`|outside",
        "`KK=1\n K=2\nK2=3`|2",
      })
  void takesAKeyOfADotenvFile(String text, String secret) throws IOException {
    Files.writeString(folder.resolve("p/.env"), text);

    assertThat(revealed(new SecretReference.FromDotenv(".env", "K"))).isEqualTo(secret);
  }

  @Test
  void aDotenvFileWithoutTheKeyIsAnError() throws IOException {
    Files.writeString(folder.resolve("p/.env"), "A=hunter2\nEMPTY=\nK\n");

    assertThat(error(new SecretReference.FromDotenv(".env", "K")).what())
        .isEqualTo("there is no K in " + folder.resolve("p/.env"));
    assertThat(error(new SecretReference.FromDotenv(".env", "EMPTY")).what())
        .startsWith("EMPTY in ")
        .endsWith("is empty");
  }

  @Test
  void takesWhatACommandPrintsWithoutAShell() {
    assertThat(revealed(command("printf", "%s\\n", "$(s3cret) *"))).isEqualTo("$(s3cret) *");
  }

  @Test
  void aCommandThatFailsDoesNotRepeatItsOutput() {
    SyncException error = error(command("sh", "-c", "echo hunter2; echo hunter2 >&2; exit 3"));

    assertThat(error.what()).isEqualTo("the secret's command sh ended with exit code 3");
    assertThat(error.what() + error.hint() + error.getCause()).doesNotContain("hunter2");
    assertThat(error(command("no-such-program")).what())
        .isEqualTo("the secret's command no-such-program could not be started");
    assertThat(error(command("true")).what()).isEqualTo("the secret of the command true is empty");
    assertThat(error(command("head", "-c", "70000", "/dev/zero")).what())
        .isEqualTo("the secret's command head printed more than a secret");
  }

  @Test
  void aCommandThatHangsIsEndedWithItsChildren() {
    // A length of sleep that nobody else asks for tells our children from all others.
    String sleep = "sleep 61." + ProcessHandle.current().pid();
    List<String> command = List.of("sh", "-c", sleep + " & " + sleep + "; echo x");

    assertThatThrownBy(() -> SecretCommand.run(command, folder, Duration.ofMillis(500)))
        .isInstanceOf(SyncException.class)
        .hasMessageContaining("was not done within");
    long deadline = System.nanoTime() + Duration.ofSeconds(55).toNanos();
    while (running(sleep) && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
    assertThat(running(sleep)).isFalse();
  }

  private static boolean running(String sleep) {
    return ProcessHandle.allProcesses()
        .anyMatch(process -> process.info().commandLine().orElse("").endsWith(sleep));
  }

  @Test
  void warnsOfAFileThatOthersCanRead() throws IOException {
    Path file = Files.writeString(folder.resolve("p/secret"), "s3cret");
    SecretReference reference = new SecretReference.FromFile("secret");

    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    assertThat(resolver.warnings(reference))
        .containsExactly(file + " holds a secret and others can read it (rw-r-----): chmod 600");
    assertThat(resolver.warnings(new SecretReference.FromDotenv("secret", "K"))).hasSize(1);

    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    assertThat(resolver.warnings(reference)).isEmpty();
    assertThat(resolver.warnings(new SecretReference.FromEnv("DB_PASSWORD"))).isEmpty();
    assertThat(resolver.warnings(new SecretReference.FromFile("none"))).isEmpty();
  }
}
