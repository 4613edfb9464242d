package io.travaso.pipeline;

import io.travaso.Progress;
import io.travaso.SyncException;
import io.travaso.filter.Codes;
import io.travaso.filter.Comparison;
import io.travaso.filter.Question;
import io.travaso.site.DigestibleTable;
import io.travaso.site.Requests;
import io.travaso.site.Requests.Role;
import io.travaso.site.Site;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Compares the digests of both sides' rows, so that only rows that they have not alike are moved.
 * Both databases digest at the same time.
 */
final class DigestComparison {
  private final Site source;
  private final Site target;
  private final Observer observer;

  DigestComparison(Site source, Site target, Observer observer) {
    this.source = source;
    this.target = target;
    this.observer = observer;
  }

  /**
   * What is to be moved of the tables whose rows could be compared.
   *
   * @param exported the rows that the target has not, or not so
   * @param onlyInTarget the rows that the source has not
   */
  record Parts(List<Codes> exported, List<Codes> onlyInTarget) {
    /** Of all tables all rows. */
    static final Parts WHOLE = new Parts(List.of(), List.of());
  }

  /**
   * Compares.
   *
   * @param tables the names of the tables; empty for the whole set
   * @param agreements what will be remembered of the rows; null where nothing will
   */
  Parts parts(List<String> tables, @Nullable Agreements agreements) {
    List<String> comparable = comparable(tables, agreements);
    if (comparable.isEmpty()) {
      return Parts.WHOLE;
    }
    Map<String, Comparison> comparisons = digest(comparable);
    compare(comparisons.values());
    List<Codes> exported = new ArrayList<>();
    List<Codes> onlyInTarget = new ArrayList<>();
    comparisons.forEach(
        (table, comparison) ->
            comparison
                .difference()
                .ifPresent(
                    difference -> {
                      exported.add(Codes.of(table, difference.here()));
                      onlyInTarget.add(Codes.of(table, difference.there()));
                    }));
    return new Parts(exported, onlyInTarget);
  }

  /**
   * The tables whose digests both sides make alike and, where rows are remembered, of which both
   * remember all: for what is remembered for the first time all rows are wanted.
   */
  private List<String> comparable(List<String> tables, @Nullable Agreements agreements) {
    Map<String, DigestibleTable> there =
        digestible(target, tables, agreements == null ? null : agreements.remember(source)).stream()
            .collect(Collectors.toMap(DigestibleTable::table, Function.identity()));
    return digestible(source, tables, agreements == null ? null : agreements.remember(target))
        .stream()
        .filter(here -> isComparable(here, there.get(here.table()), agreements != null))
        .map(DigestibleTable::table)
        .toList();
  }

  private static List<DigestibleTable> digestible(
      Site site, List<String> tables, Requests.@Nullable Remember remember) {
    return site.digestible(new Requests.Digestible(tables, remember));
  }

  private static boolean isComparable(
      DigestibleTable here, @Nullable DigestibleTable there, boolean remembered) {
    return there != null
        && !here.word().isEmpty()
        && here.word().equals(there.word())
        && (!remembered || (here.continues() && there.continues()));
  }

  private Map<String, Comparison> digest(List<String> tables) {
    FutureTask<List<Long>> inTarget =
        new FutureTask<>(
            () -> target.digest(new Requests.Digest(Role.TARGET, tables), Progress.SILENT));
    Thread thread = new Thread(inTarget, "digests of " + target.environment());
    thread.setDaemon(true);
    thread.start();
    List<Long> here;
    List<Long> there;
    try {
      here = source.digest(new Requests.Digest(Role.SOURCE, tables), observer);
    } finally {
      // A site does one thing at a time: whatever happened, it has to be done.
      there = ended(inTarget);
    }
    Map<String, Comparison> comparisons = new LinkedHashMap<>();
    for (int i = 0; i < tables.size(); i++) {
      comparisons.put(tables.get(i), new Comparison(tables.get(i), here.get(i), there.get(i)));
    }
    return comparisons;
  }

  private static List<Long> ended(FutureTask<List<Long>> task) {
    try {
      return task.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SyncException(
          SyncException.Kind.INTERRUPTED, "Interrupted while rows were compared", "", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof SyncException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  /** All tables in step, for each question is a round trip. */
  private void compare(Iterable<Comparison> comparisons) {
    while (true) {
      List<Comparison> asking = new ArrayList<>();
      List<Question> questions = new ArrayList<>();
      for (Comparison comparison : comparisons) {
        Optional<Question> next = comparison.next();
        next.ifPresent(
            question -> {
              asking.add(comparison);
              questions.add(question);
            });
      }
      if (questions.isEmpty()) {
        return;
      }
      Requests.Compare request = new Requests.Compare(questions);
      List<byte[]> here = source.compare(request);
      List<byte[]> there = target.compare(request);
      for (int i = 0; i < asking.size(); i++) {
        asking.get(i).answered(here.get(i), there.get(i));
      }
    }
  }
}
