package io.travaso.site;

import io.travaso.SyncException;
import io.travaso.database.BulkLoad;
import io.travaso.file.PartFile;
import io.travaso.fixture.DigestsFile;
import io.travaso.merge.Remembering;
import io.travaso.table.SyncTable;
import io.travaso.table.TableSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a target would remember of its own rows, as they were when they were compared for the first
 * time: where the source has them alike, it is what both agree on. In a file that is removed when
 * it is closed.
 */
final class OwnEntries implements AutoCloseable {
  static final OwnEntries NONE = new OwnEntries(null);

  private final @Nullable Path file;

  /** In that file, as {@link LocalAgreements#writeAll} made it. */
  OwnEntries(@Nullable Path file) {
    this.file = file;
  }

  /** Loads those of rows that a merge held back. */
  void load(TableSet set, Remembering remembering) {
    List<SyncTable> wanted = new ArrayList<>(set.tables());
    wanted.removeIf(table -> !remembering.wantsAlike(table));
    if (wanted.isEmpty()) {
      return;
    }
    if (file == null) {
      throw new IllegalStateException("Rows were held back that nobody remembers");
    }
    Loading loading = new Loading(wanted, remembering);
    DigestsFile.read(file, loading);
    loading.end();
    if (!wanted.isEmpty()) {
      throw new IllegalStateException("There are no entries of " + wanted.get(0).id());
    }
  }

  private static final class Loading implements DigestsFile.Reader {
    private final List<SyncTable> wanted;
    private final Remembering remembering;
    private @Nullable SyncTable table;
    private @Nullable BulkLoad load;

    Loading(List<SyncTable> wanted, Remembering remembering) {
      this.wanted = wanted;
      this.remembering = remembering;
    }

    @Override
    public void table(String name) {
      end();
      for (SyncTable one : wanted) {
        if (one.id().toString().equals(name)) {
          table = one;
          load = remembering.beginAlike(one);
        }
      }
      wanted.remove(table);
    }

    @Override
    public void row(byte[] buffer, int length) throws IOException {
      if (load != null) {
        load.row(buffer, 0, length);
      }
    }

    @Override
    public void gone(byte[] buffer, int length) throws IOException {
      throw new IOException("it has keys of rows that are gone");
    }

    void end() {
      if (table != null && load != null) {
        load.finish();
        remembering.endAlike(table);
      }
      table = null;
      load = null;
    }
  }

  @Override
  public void close() {
    if (file == null) {
      return;
    }
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw SyncException.failed(
          "Removing " + file + " failed: " + PartFile.reason(e),
          "Nothing needs that file any more: remove it.");
    }
  }
}
