package io.travaso.testing;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** The pages of the application of {@link ComposeSample}. */
record SamplePages(URI address) {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  String get(String path) {
    return send(HttpRequest.newBuilder(address.resolve(path)).GET());
  }

  String put(String path, String content) {
    return send(
        HttpRequest.newBuilder(address.resolve(path))
            .PUT(HttpRequest.BodyPublishers.ofString(content)));
  }

  private static String send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> response =
          HTTP.send(
              request.timeout(Duration.ofSeconds(10)).build(),
              HttpResponse.BodyHandlers.ofString());
      return response.statusCode() + " " + response.body().strip();
    } catch (IOException e) {
      return "no answer: " + e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
