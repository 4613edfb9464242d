package io.travaso.pipeline;

import io.travaso.config.SyncConfig;
import io.travaso.site.Site;
import io.travaso.site.SiteServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;

/** Lets a site on this machine be asked by the tool on another one. */
public final class SiteService {
  private SiteService() {}

  /**
   * Answers questions until there are no more.
   *
   * @param in questions, a line each
   * @param out answers, a line each; nothing else may go there
   */
  public static void serve(
      Site site, SyncConfig config, String toolVersion, BufferedReader in, PrintStream out)
      throws IOException {
    new SiteServer(site, out).serve(toolVersion, config.exports().directory().toString(), in);
  }
}
