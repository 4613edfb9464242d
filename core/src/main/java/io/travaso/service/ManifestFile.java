package io.travaso.service;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.travaso.file.PartFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** {@code manifest.json} in a backup's folder, and other small files of ours. */
final class ManifestFile {
  static final int VERSION = 1;

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

  private ManifestFile() {}

  static void write(Path file, Object content) throws IOException {
    byte[] json = JSON.writeValueAsBytes(content);
    PartFile.write(file, 0600, out -> out.write(json));
  }

  /**
   * Reads a small file of ours.
   *
   * @throws IOException with the reason why it can't be used
   */
  static <T> T read(Path file, Class<T> type) throws IOException {
    String name = String.valueOf(file.getFileName());
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException("there is no " + name);
    }
    if (Files.size(file) > MAX_BYTES) {
      throw new IOException(name + " is larger than any of ours");
    }
    try {
      return JSON.readValue(Files.readAllBytes(file), type);
    } catch (IOException | DateTimeException | NullPointerException e) {
      throw new IOException(name + " can't be read", e);
    }
  }

  /** The manifest of a backup's folder. */
  static ServiceManifest read(Path folder) throws IOException {
    ServiceManifest manifest = read(folder.resolve(FolderName.MANIFEST), ServiceManifest.class);
    if (manifest.version() != VERSION) {
      throw new IOException("its manifest is of version " + manifest.version());
    }
    try {
      Instant.parse(manifest.takenAt());
    } catch (DateTimeException e) {
      throw new IOException("its manifest does not say when it was taken", e);
    }
    for (Held held : files(manifest)) {
      if (!FolderName.isFile(held.file()) || !SHA256.matcher(held.sha256()).matches()) {
        throw new IOException("its manifest names a file that is none of a backup");
      }
    }
    return manifest;
  }

  /** A file that a manifest speaks of. */
  record Held(String file, long bytes, String sha256) {}

  /** All files but the manifest itself. */
  static List<Held> files(ServiceManifest manifest) {
    List<Held> files = new ArrayList<>();
    manifest.databases().forEach(it -> files.add(new Held(it.file(), it.bytes(), it.sha256())));
    manifest.volumes().forEach(it -> files.add(new Held(it.file(), it.bytes(), it.sha256())));
    return files;
  }
}
