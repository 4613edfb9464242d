package io.travaso.traps;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Records the outcome a case showed; what it says it shows and did not is a failure. */
final class Recording implements AfterTestExecutionCallback {

  @Override
  public void afterTestExecution(ExtensionContext context) {
    if (context.getExecutionException().isPresent()) {
      return;
    }
    Traps traps = (Traps) context.getRequiredTestInstance();
    Holds[] held = context.getRequiredTestMethod().getAnnotationsByType(Holds.class);
    assertThat(held).as("traps of the case").isNotEmpty();
    for (Holds holds : held) {
      assertThat(traps.proven()).as("outcomes shown").contains(holds.as());
      TrapTable.record(holds.value(), holds.as(), traps.server());
    }
  }
}
