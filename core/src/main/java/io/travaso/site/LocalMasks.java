package io.travaso.site;

import io.travaso.Finding;
import io.travaso.Secret;
import io.travaso.SyncException;
import io.travaso.config.Environment;
import io.travaso.config.MaskRule;
import io.travaso.config.Masks;
import io.travaso.config.SecretResolver;
import io.travaso.config.Surroundings;
import io.travaso.config.SyncConfig;
import io.travaso.mask.ColumnMask;
import io.travaso.mask.MaskKind;
import io.travaso.mask.MaskResolver;
import io.travaso.mask.MaskedSet;
import io.travaso.mask.Masking;
import io.travaso.mask.ResolvedMasks;
import io.travaso.mask.Unclassified;
import io.travaso.table.Catalog;
import io.travaso.table.SyncTable;
import io.travaso.table.TableId;
import io.travaso.table.TableSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The masks of an environment: they are about one whose data are real, which is a protected one.
 * What leaves it is masked, and what is masked does not come back to it.
 */
final class LocalMasks {
  private final SyncConfig config;
  private final Environment environment;
  private final Surroundings surroundings;
  private final Supplier<Catalog> catalog;
  private @Nullable ResolvedMasks resolved;

  LocalMasks(
      SyncConfig config,
      Environment environment,
      Surroundings surroundings,
      Supplier<Catalog> catalog) {
    this.config = config;
    this.environment = environment;
    this.surroundings = surroundings;
    this.catalog = catalog;
  }

  /** Whether there is something to mask, or to look after. */
  boolean concern() {
    Masks masks = config.masks();
    return environment.isProtected() && (masks.strict() || !masks.rules().isEmpty());
  }

  /** All that is masked here; nothing where the data are not real. */
  ResolvedMasks resolved() {
    if (resolved == null) {
      resolved =
          concern()
              ? MaskResolver.resolve(config, catalog.get())
              : new ResolvedMasks(Map.of(), Map.of(), List.of());
    }
    return resolved;
  }

  /**
   * What keeps rows from leaving.
   *
   * @param set the tables that are taken
   * @param whole all that are configured
   */
  List<Finding> leaving(TableSet set, TableSet whole) {
    if (!concern()) {
      return List.of();
    }
    List<Finding> findings = new ArrayList<>(resolved().findings());
    MaskedSet masked = new MaskedSet(resolved(), set, whole);
    findings.addAll(masked.leaving());
    if (config.masks().strict()) {
      Map<TableId, String> labels =
          whole.tables().stream().collect(Collectors.toMap(SyncTable::id, SyncTable::label));
      Unclassified.in(resolved(), catalog.get(), masked.columns(), labels).ifPresent(findings::add);
    }
    try {
      Masking.of(List.of(), key().orElse(null));
    } catch (SyncException e) {
      findings.add(Finding.of(e));
    }
    return findings;
  }

  /**
   * What masks rows on their way out.
   *
   * @throws SyncException with all that is wrong with the masks
   */
  Masking masking(TableSet set, TableSet whole) {
    if (!concern()) {
      return Masking.NONE;
    }
    Finding.throwProblems(
        "The masks do not fit the database of " + environment.name(), leaving(set, whole));
    List<ColumnMask> masks =
        resolved().all().stream().filter(m -> m.kind() != MaskKind.KEEP).toList();
    return Masking.of(masks, key().orElse(null));
  }

  /** The tables whose rows no message may name, since their key is masked. */
  Set<TableId> nameless(TableSet set) {
    return set.tables().stream()
        .filter(t -> t.match().stream().anyMatch(c -> resolved().of(t.id(), c).isPresent()))
        .map(SyncTable::id)
        .collect(Collectors.toSet());
  }

  /** What keeps rows from coming back. */
  List<Finding> returning(TableSet set, TableSet whole) {
    if (!concern()) {
      return List.of();
    }
    List<Finding> findings = new ArrayList<>(resolved().findings());
    findings.addAll(new MaskedSet(resolved(), set, whole).returning());
    return findings;
  }

  /** Followed only where a mask needs it, and only here. */
  private Optional<Secret> key() {
    boolean keyed =
        config.masks().rules().values().stream()
            .flatMap(rules -> rules.values().stream())
            .map(MaskRule::kind)
            .flatMap(kind -> MaskKind.of(kind).stream())
            .anyMatch(MaskKind::isKeyed);
    return keyed
        ? new SecretResolver(surroundings, config.root()).resolve(config.masks().key())
        : Optional.empty();
  }
}
