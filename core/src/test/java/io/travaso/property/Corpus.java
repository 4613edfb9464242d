package io.travaso.property;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Inputs that are kept: good ones to begin with, and those that once failed. */
record Corpus(List<Path> files, List<byte[]> inputs) {

  /** The files of a folder of {@code corpus}, in the order of their names. */
  static Corpus of(String folder) {
    try {
      URL url = Objects.requireNonNull(Corpus.class.getResource("/corpus/" + folder));
      try (Stream<Path> listed = Files.list(Path.of(new URI(url.toString())))) {
        List<Path> files = listed.sorted().toList();
        List<byte[]> inputs = files.stream().map(Corpus::read).toList();
        return new Corpus(files, inputs);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
