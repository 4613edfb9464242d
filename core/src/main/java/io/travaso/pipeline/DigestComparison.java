package io.travaso.pipeline;

import io.travaso.Progress;
import io.travaso.filter.Codes;
import io.travaso.filter.Comparison;
import io.travaso.filter.Difference;
import io.travaso.filter.Question;
import io.travaso.site.DigestedTable;
import io.travaso.site.DigestedTable.Since;
import io.travaso.site.DigestibleTable;
import io.travaso.site.Requests;
import io.travaso.site.Requests.Role;
import io.travaso.site.Site;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Compares the digests of both sides' rows, so that only rows that they have not alike are moved.
 * Both databases digest at the same time.
 */
final class DigestComparison {
  private final Site source;
  private final Site target;
  private final boolean keep;
  private final Observer observer;

  /**
   * Between two sites.
   *
   * @param keep whether both keep their digests for the next time
   */
  DigestComparison(Site source, Site target, boolean keep, Observer observer) {
    this.source = source;
    this.target = target;
    this.keep = keep;
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
    Map<String, Compared> compared = digest(comparable, agreements);
    ask(compared.values());
    List<Codes> exported = new ArrayList<>();
    List<Codes> onlyInTarget = new ArrayList<>();
    compared.forEach(
        (table, one) ->
            one.difference()
                .ifPresent(
                    difference -> {
                      exported.add(Codes.of(table, difference.here()));
                      onlyInTarget.add(Codes.of(table, difference.there()));
                    }));
    return new Parts(exported, onlyInTarget);
  }

  /**
   * The tables whose digests both sides make alike and, where rows are remembered, of which both
   * remember all or neither any.
   */
  private List<String> comparable(List<String> tables, @Nullable Agreements agreements) {
    Map<String, DigestibleTable> there =
        digestible(target, tables, remember(agreements, source)).stream()
            .collect(Collectors.toMap(DigestibleTable::table, Function.identity()));
    return digestible(source, tables, remember(agreements, target)).stream()
        .filter(here -> isComparable(here, there.get(here.table()), agreements))
        .map(DigestibleTable::table)
        .toList();
  }

  private static List<DigestibleTable> digestible(
      Site site, List<String> tables, Requests.@Nullable Remember remember) {
    return site.digestible(new Requests.Digestible(tables, remember));
  }

  private static boolean isComparable(
      DigestibleTable here, @Nullable DigestibleTable there, @Nullable Agreements agreements) {
    return there != null
        && !here.word().isEmpty()
        && here.word().equals(there.word())
        && (agreements == null
            || !agreements.agreed().containsKey(here.table())
            || (here.continues() && there.continues()));
  }

  /**
   * A table on its way: what differs is known from what either side changed since both agreed on
   * the same rows, or else questions find it.
   */
  private record Compared(@Nullable Difference known, @Nullable Comparison comparison) {

    static Compared of(DigestedTable here, DigestedTable there) {
      Since changedHere = here.since();
      Since changedThere = there.since();
      if (changedHere == null
          || changedThere == null
          || changedHere.agreed() != changedThere.agreed()) {
        return new Compared(null, new Comparison(here.table(), here.rows(), there.rows()));
      }
      return new Compared(
          new Difference(
              all(changedHere.here(), changedThere.here(), changedThere.gone()),
              all(changedThere.here(), changedHere.gone())),
          null);
    }

    private static long[] all(Codes... codes) {
      return Codes.union(Arrays.stream(codes).map(Codes::codes).toArray(long[][]::new));
    }

    Optional<Difference> difference() {
      return comparison == null ? Optional.ofNullable(known) : comparison.difference();
    }
  }

  private Map<String, Compared> digest(List<String> tables, @Nullable Agreements agreements) {
    // Next to each other they can as well ask each other everything.
    boolean apart = agreements != null && !(source.isLocal() && target.isLocal());
    Together<List<DigestedTable>, List<DigestedTable>> digested =
        Together.of(
            () ->
                source.digest(
                    new Requests.Digest(
                        Role.SOURCE, tables, remember(agreements, target), keep, List.of()),
                    observer),
            () ->
                target.digest(
                    new Requests.Digest(
                        Role.TARGET,
                        tables,
                        apart ? remember(agreements, source) : null,
                        keep,
                        first(tables, agreements)),
                    Progress.SILENT));
    Map<String, DigestedTable> there = byTable(digested.second());
    Map<String, Compared> compared = new LinkedHashMap<>();
    for (DigestedTable here : digested.first()) {
      compared.put(
          here.table(), Compared.of(here, Objects.requireNonNull(there.get(here.table()))));
    }
    return compared;
  }

  private static List<String> first(List<String> tables, @Nullable Agreements agreements) {
    return agreements == null
        ? List.of()
        : tables.stream().filter(table -> !agreements.agreed().containsKey(table)).toList();
  }

  private static Requests.@Nullable Remember remember(@Nullable Agreements agreements, Site peer) {
    return agreements == null ? null : agreements.remember(peer);
  }

  private static Map<String, DigestedTable> byTable(List<DigestedTable> tables) {
    return tables.stream().collect(Collectors.toMap(DigestedTable::table, Function.identity()));
  }

  /** All tables in step, for each question is a round trip. */
  private void ask(Collection<Compared> compared) {
    List<Comparison> comparisons =
        compared.stream().flatMap(c -> Stream.ofNullable(c.comparison())).toList();
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
