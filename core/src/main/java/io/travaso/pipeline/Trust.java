package io.travaso.pipeline;

import io.travaso.SyncException;
import io.travaso.config.Environment;
import io.travaso.config.Surroundings;
import io.travaso.config.SyncConfig;
import io.travaso.host.HostKey;
import io.travaso.host.HostKeys;
import io.travaso.host.SshSettings;
import io.travaso.pipeline.Note.Text;
import io.travaso.site.SshHosts;

/** Shows the key a host proves itself with, and records it once somebody vouches for it. */
public final class Trust {
  private final SshSettings settings;
  private final Observer observer;
  private final Consent consent;

  public Trust(
      SyncConfig config,
      Environment environment,
      Surroundings surroundings,
      Observer observer,
      Consent consent) {
    this.settings = SshHosts.settings(config, environment, surroundings);
    this.observer = observer;
    this.consent = consent;
  }

  /**
   * What was shown.
   *
   * @param recorded whether it was recorded now; false where it was known already
   */
  public record Shown(String host, String type, String fingerprint, boolean recorded) {}

  public Shown run() {
    HostKey key = HostKeys.fetch(settings);
    observer.tells(Note.of(Text.HOST_KEY, settings.name(), key.type(), key.fingerprint()));
    if (HostKeys.isKnown(settings, key)) {
      return new Shown(settings.name(), key.type(), key.fingerprint(), false);
    }
    if (!consent.isGiven(Note.of(Text.ASK_TRUST, settings.name(), settings.knownHosts()), "yes")) {
      throw SyncException.refused("Not confirmed; the key was not recorded", "");
    }
    HostKeys.record(settings, key);
    return new Shown(settings.name(), key.type(), key.fingerprint(), true);
  }
}
