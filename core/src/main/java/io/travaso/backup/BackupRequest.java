package io.travaso.backup;

import io.travaso.table.TableId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a backup is to say about itself.
 *
 * @param environment whose database it holds
 * @param runId the run it was taken for; null for a manual one
 * @param tables the tables the run is about; the backup always holds the whole database
 * @param serverMajor the database server's major version
 * @param estimatedBytes how large it may become, asked of the disk beforehand; 0 when unknown
 */
public record BackupRequest(
    BackupLabel kind,
    String environment,
    @Nullable String runId,
    List<TableId> tables,
    int serverMajor,
    long estimatedBytes) {

  public BackupRequest {
    tables = List.copyOf(tables);
  }
}
