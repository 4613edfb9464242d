package io.travaso.cli;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which package may know of which, and why. */
class ArchitectureTest {
  private static final String ROOT = "io.travaso";

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(
              location -> !location.contains("test-jar") && !location.contains("-tests"))
          .importPackages(ROOT);

  @ParameterizedTest(name = "{0} knows of [{1}]")
  @CsvSource(
      delimiter = '|',
      value = {
        "table    |                                                               | it is"
            + " vocabulary: whoever speaks of tables must not need a database for it",
        "file     |                                                               | a file that"
            + " appears whole or not at all is so whatever is in it",
        "host     | file                                                          | where commands"
            + " run and files land is no matter of what they are about",
        "config   |                                                               | settings are"
            + " read and checked before anything that uses them exists",
        "database | table                                                         | SQL speaks of"
            + " tables, and of nothing that is built upon it",
        "fixture  | file, database, table                                         | a file format"
            + " does not know who writes it or what becomes of it",
        "ledger   | database, table                                               | what a database"
            + " remembers does not depend on what was done to it",
        "container | file, host, config                                           | where a"
            + " container is and how it is reached is no matter of what runs in it",
        "backup   | file, host, container, database, table                        | a backup must"
            + " work when all the rest does not",
        "mask     | config, database, table                                       | a mask is made"
            + " of a value and a key, wherever the row goes",
        "restore  | backup, file, host, container, database, table                | a whole"
            + " database is replaced without asking what it is for",
        "cloning  | mask, restore, backup, container, file, host, config, database, table | a clone"
            + " is a dump and a restore with masks between them",
        "service  | restore, backup, container, file, host, config, database, table | what belongs"
            + " to a service is kept and brought back together",
        "upgrade  | service, restore, backup, container, file, host, config, database, table | an"
            + " upgrade is steps between a backup and the way back to it",
        "merge    | fixture, database, table                                      | a merge is"
            + " between rows here and a database here: hosts and settings are a site's business",
        "filter   | fixture, database, table                                      | what is alike"
            + " is alike whoever asks, and whatever becomes of the rest",
        "keys     | database, table                                               | keys are a"
            + " matter of one database, whoever asks for others",
        "site     | fixture, filter, merge, keys, ledger, backup, mask, restore, cloning, service,"
            + " upgrade, container, host, file, config, database, table | a site is everything that"
            + " is in one place",
        "pipeline | site, filter, merge, keys, ledger, backup, cloning, service, upgrade, host,"
            + " file, config, database | the flows speak of what sites do, in the sites' own words"
      })
  void aPackageKnowsOnlyOfWhatIsBelowIt(String name, String known, String reason) {
    List<String> allowed = new ArrayList<>(List.of(ROOT, inRoot(name)));
    if (known != null) {
      for (String one : List.of(known.split(","))) {
        allowed.add(inRoot(one.strip()));
      }
    }
    noClasses()
        .that()
        .resideInAPackage(inRoot(name))
        .should()
        .dependOnClassesThat(
            resideInAPackage(ROOT + "..")
                .and(not(resideInAnyPackage(allowed.toArray(String[]::new)))))
        .because(reason)
        .check(CLASSES);
  }

  @Test
  void theFlowsKnowWhatSitesAnswerWithAndNotHowTheyWork() {
    noClasses()
        .that()
        .resideInAPackage(inRoot("pipeline"))
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                    inRoot("merge"),
                    inRoot("keys"),
                    inRoot("ledger"),
                    inRoot("backup"),
                    inRoot("cloning"),
                    inRoot("service"),
                    inRoot("upgrade"),
                    inRoot("database"))
                .and(describe("are neither records nor enums", c -> !c.isRecord() && !c.isEnum())))
        .because("a flow that did something itself could not do it on another host")
        .check(CLASSES);
  }

  private static String inRoot(String name) {
    return ROOT + "." + name + "..";
  }

  @Test
  void theCommandLineKnowsOnlyOfTheFlowsAndTheSettings() {
    noClasses()
        .that()
        .resideInAPackage(inRoot("cli"))
        .should()
        .dependOnClassesThat(
            resideInAPackage(ROOT + "..")
                .and(
                    not(
                        resideInAnyPackage(
                            ROOT,
                            inRoot("cli"),
                            inRoot("pipeline"),
                            inRoot("config"),
                            // Sites are opened and closed here, and handed to the flows; never
                            // asked.
                            inRoot("site")))))
        .because("another way in, a graphical one or a server, must find everything in the flows")
        .check(CLASSES);
  }

  @Test
  void theCommandLineAsksNoSiteByItself() {
    Set<String> fine = Set.of("close", "environment");
    List<String> asked =
        CLASSES.stream()
            .filter(c -> c.getPackageName().startsWith(ROOT + ".cli"))
            .flatMap(c -> c.getMethodCallsFromSelf().stream())
            .filter(call -> call.getTargetOwner().getFullName().equals(ROOT + ".site.Site"))
            .filter(call -> !fine.contains(call.getName()))
            .map(Object::toString)
            .toList();
    assertThat(asked).as("what a site is asked is the flows' business").isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"io.travaso.(*)..", "io.travaso.cli.(*).."})
  void noTwoPackagesKnowOfEachOther(String packages) {
    slices()
        .matching(packages)
        .should()
        .beFreeOfCycles()
        .because("what depends on each other can only be understood, tested and changed together")
        .check(CLASSES);
  }

  @Test
  void theCoreWritesToNoStream() {
    noClasses()
        .that()
        .resideOutsideOfPackage(inRoot("cli"))
        .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS)
        .because("what users see is the command line's business, and for scripts it is a protocol")
        .check(CLASSES);
  }

  @Test
  void onlyTheProcessItselfEnds() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName(Main.class.getName())
        .should()
        .callMethod(System.class, "exit", int.class)
        .orShould()
        .callMethod(Runtime.class, "exit", int.class)
        .orShould()
        .callMethod(Runtime.class, "halt", int.class)
        .because("whoever ends the process takes the word from all others")
        .check(CLASSES);
  }

  @Test
  void everyPackageIsNullMarked() {
    Set<String> unmarked =
        CLASSES.stream()
            .map(c -> c.getPackage())
            .distinct()
            .filter(p -> !p.getClasses().isEmpty())
            .filter(p -> !p.isAnnotatedWith(NullMarked.class))
            .map(JavaPackage::getName)
            .collect(Collectors.toSet());
    assertThat(unmarked).as("packages without @NullMarked").isEmpty();
    assertThat(CLASSES.containPackage(ROOT + ".pipeline")).isTrue();
    assertThat(CLASSES.containPackage(ROOT + ".database.postgres")).isTrue();
  }
}
