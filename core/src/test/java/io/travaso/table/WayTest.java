package io.travaso.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WayTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "integer        | integer        | as_is",
        "integer        | decimal(20,0)  | as_is",
        "integer        | flag           | as_is",
        "integer        | boolean        | ''",
        "integer        | double         | ''",
        "integer        | text           | ''",
        "decimal(12,2)  | decimal(10,2)  | as_is",
        "decimal        | integer        | as_is",
        "decimal        | double         | ''",
        "float          | double         | as_is",
        "double         | float          | as_is",
        "boolean        | flag           | as_is",
        "flag           | boolean        | as_is",
        "flag           | integer        | number",
        "boolean        | integer        | ''",
        "year           | integer        | as_is",
        "integer        | year           | as_is",
        "text           | text(20)       | as_is",
        "text           | char(20)       | as_is",
        "char(20)       | text(20)       | trimmed",
        "char(20)       | char(20)       | trimmed",
        "text(20)       | label          | as_is",
        "label          | text(20)       | as_is",
        "text           | bytes          | ''",
        "bytes          | bytes          | as_is",
        "bytes          | text           | ''",
        "bits           | bits           | as_is",
        "uuid           | uuid           | as_is",
        "uuid           | char(36)       | as_is",
        "uuid           | char(32)       | without_dashes",
        "uuid           | text(32)       | without_dashes",
        "char(32)       | uuid           | as_is",
        "address        | char(39)       | as_is",
        "char(39)       | address        | as_is",
        "moment         | moment         | as_is",
        "moment         | datetime       | as_is",
        "moment         | timestamp      | ''",
        "timestamp      | datetime       | as_is",
        "timestamp      | moment         | ''",
        "datetime       | timestamp      | as_is",
        "datetime       | moment         | as_is",
        "date           | date           | as_is",
        "date           | datetime       | ''",
        "time           | time           | as_is",
        "jsonb          | json           | escaped_document",
        "json           | jsonb          | canonical_document",
        "json-text      | json           | document",
        "json           | json-text      | document_text",
        "json           | text           | ''",
        "text           | json           | ''",
        "''             | text           | ''",
        "''             | ''             | ''",
        "text           | ''             | ''"
      })
  void leadsFromOneColumnToAnother(String source, String target, String way) {
    assertThat(Way.between(source, target).map(w -> w.name().toLowerCase(Locale.ROOT)).orElse(""))
        .isEqualTo(way);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "text(20)      | text(20)      | false",
        "text(20)      | text(30)      | true",
        "text(20)      | char(30)      | true",
        "text          | text(30)      | false",
        "decimal(12,2) | decimal(12,3) | true",
        "decimal(12,2) | decimal       | false",
        "uuid          | char(32)      | false",
        "label         | text(30)      | false"
      })
  void tellsOtherMeasures(String one, String other, boolean differ) {
    assertThat(Way.measuresDiffer(one, other)).isEqualTo(differ);
    assertThat(Way.measuresDiffer(other, one)).isEqualTo(differ);
  }
}
