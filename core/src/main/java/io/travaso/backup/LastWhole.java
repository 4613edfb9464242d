package io.travaso.backup;

import java.util.List;
import java.util.Optional;

/**
 * The newest backup of a kind that is whole.
 *
 * @param backup empty where none is
 * @param passedOver newer ones that are broken, newest first, and those whose age nothing tells
 */
public record LastWhole(Optional<Backup> backup, List<BrokenBackup> passedOver) {

  public LastWhole {
    passedOver = List.copyOf(passedOver);
  }
}
