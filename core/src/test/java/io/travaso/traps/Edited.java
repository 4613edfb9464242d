package io.travaso.traps;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A fixture that somebody edited, and whose manifest fits it again. */
final class Edited {
  private static final JsonMapper JSON = new JsonMapper();

  private final Path file;
  private byte[] content;

  private Edited(Path file, byte[] content) {
    this.file = file;
    this.content = content;
  }

  static Edited of(Path file) {
    try {
      return new Edited(file, Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Replaces text that must be there. */
  Edited replace(String text, String by) {
    String before = new String(content, StandardCharsets.UTF_8);
    if (!before.contains(text)) {
      throw new IllegalStateException("No " + text + " in " + before);
    }
    return bytes(before.replace(text, by).getBytes(StandardCharsets.UTF_8));
  }

  byte[] bytes() {
    return content.clone();
  }

  Edited bytes(byte[] bytes) {
    content = bytes.clone();
    return this;
  }

  /** Writes the fixture and a manifest that fits it. */
  Path save() {
    try {
      Path beside = Path.of(file.toString().replaceFirst("\\.json$", ".manifest.json"));
      ObjectNode manifest = (ObjectNode) JSON.readTree(beside.toFile());
      manifest.put("bytes", content.length).put("sha256", sha256());
      Files.write(file, content);
      JSON.writeValue(beside.toFile(), manifest);
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes the fixture beside the manifest it had. */
  Path saveBesideItsManifest() {
    try {
      return Files.write(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String sha256() {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
