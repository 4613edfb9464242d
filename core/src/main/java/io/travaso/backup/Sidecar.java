package io.travaso.backup;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.travaso.file.PartFile;
import io.travaso.table.TableId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code NAME.dump.json}, {@code NAME.sql.zst.json}: what is known about a dump. It does not name
 * its dump, whose name is its own without {@code .json}: no sidecar can point anywhere else.
 */
record Sidecar(
    int version,
    long sequence,
    long bytes,
    String sha256,
    String takenAt,
    String environment,
    @Nullable String runId,
    List<TableId> tables,
    int serverMajor,
    String toolVersion) {

  private static final int VERSION = 1;
  private static final long MAX_BYTES = 16 << 20;
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  static Sidecar of(Backup backup) {
    return new Sidecar(
        VERSION,
        backup.sequence(),
        backup.bytes(),
        backup.sha256(),
        backup.takenAt().toString(),
        backup.environment(),
        backup.runId(),
        backup.tables(),
        backup.serverMajor(),
        backup.toolVersion());
  }

  void write(Path file) throws IOException {
    byte[] json = JSON.writeValueAsBytes(this);
    PartFile.write(file, 0600, out -> out.write(json));
  }

  /**
   * The backup a sidecar describes.
   *
   * @throws IOException with the reason why it can't be used
   */
  static Backup read(Path file) throws IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException("its description is not a regular file");
    }
    if (Files.size(file) > MAX_BYTES) {
      throw new IOException("its description is larger than any of ours");
    }
    Path dump = BackupName.dumpOf(file);
    try {
      return JSON.readValue(Files.readAllBytes(file), Sidecar.class).backup(dump);
    } catch (IOException | DateTimeException | NullPointerException e) {
      throw new IOException("its description can't be read", e);
    }
  }

  private Backup backup(Path dump) throws IOException {
    if (version != VERSION) {
      throw new IOException("version " + version);
    }
    if (!SHA256.matcher(sha256).matches()) {
      throw new IOException("not a SHA-256");
    }
    return new Backup(
        dump,
        BackupName.kindOf(String.valueOf(dump.getFileName())),
        sequence,
        bytes,
        sha256,
        Instant.parse(takenAt),
        environment,
        runId,
        tables,
        serverMajor,
        toolVersion);
  }
}
