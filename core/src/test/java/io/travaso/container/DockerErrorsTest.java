package io.travaso.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.SyncException;
import io.travaso.host.CommandResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What docker 20.10 and 28 and docker-compose 1.29 wrote, and what is made of it. */
class DockerErrorsTest {

  private static SyncException told(int status, String errors) {
    return DockerErrors.of("do it", "this machine", new CommandResult(status, "", errors));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          127 | docker: not found | there is no docker program | install Docker
          1 | permission denied while trying to connect to the Docker daemon socket at unix:///var/run/docker.sock: Get "http://%2Fvar%2Frun%2Fdocker.sock/v1.50/info": dial unix /var/run/docker.sock: connect: permission denied | may not speak to | usermod -aG docker
          1 | docker.errors.DockerException: Error while fetching server API version: ('Connection aborted.', PermissionError(13, 'Permission denied')) | may not speak to | usermod -aG docker
          1 | Cannot connect to the Docker daemon at unix:///tmp/none.sock. Is the docker daemon running? | does not answer | systemctl start docker
          1 | ERROR: Couldn't connect to Docker daemon at http+docker://localhost - is it running? | does not answer | systemctl start docker
          125 | docker: Error response from daemon: open /x: permission denied. | could not do it on this machine: exit status 125 | ''
          18 | Get "https://registry-1.docker.io/v2/": dial tcp: lookup registry-1.docker.io on 10.255.255.53:53: no such host | could not do it | connection to the registry
          1 | write /var/lib/docker/tmp/x: no space left on device | could not do it | make room
          """)
  void whatToDoIsSaid(int status, String errors, String what, String hint) {
    SyncException told = told(status, errors);

    assertThat(told.kind()).isEqualTo(SyncException.Kind.HOST);
    assertThat(told.what()).contains(what);
    assertThat(told.hint()).contains(hint);
  }

  @Test
  void valuesOfVariablesAreLeftOut() {
    SyncException one =
        told(
            1,
            "Invalid interpolation format for \"environment\" option in service \"db\": \"x${\"");
    SyncException other =
        told(
            1,
            "invalid interpolation format for services.db.environment.PASSWORD: \"hun$ter\". You"
                + " may need to escape any $ with another $");

    assertThat(one.details())
        .containsExactly(
            "Invalid interpolation format for \"environment\" option in service \"db\": …");
    assertThat(other.details())
        .containsExactly("invalid interpolation format for services.db.environment.PASSWORD: …");
  }
}
