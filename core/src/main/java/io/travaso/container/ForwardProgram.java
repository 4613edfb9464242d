package io.travaso.container;

import io.travaso.SyncException;
import io.travaso.host.CommandResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A program inside a container that joins its own input and output to a port there. After the end
 * of its input it tells the server so, goes on with the server's answers, and ends with them; it
 * leaves no process behind.
 */
enum ForwardProgram {
  PERL(
      "perl",
      """
      use Socket; use IO::Handle; use Errno qw(EAGAIN EINTR);
      socket(my $s, PF_INET, SOCK_STREAM, 0) or die;
      connect($s, sockaddr_in($ARGV[0], inet_aton("127.0.0.1"))) or exit 111;
      $_->blocking(0) for \\*STDIN, \\*STDOUT, $s;
      my ($in, $ours, $theirs) = (1, "", "");
      while (1) {
        my ($r, $w) = ("", "");
        vec($r, fileno(STDIN), 1) = 1 if $in && $ours eq "";
        vec($r, fileno($s), 1) = 1 if $theirs eq "";
        vec($w, fileno($s), 1) = 1 if $ours ne "";
        vec($w, fileno(STDOUT), 1) = 1 if $theirs ne "";
        my $n = select($r, $w, undef, $in ? undef : 60);
        last if $n == 0;
        next if $n < 0;
        put($s, \\$ours) if vec($w, fileno($s), 1);
        put(\\*STDOUT, \\$theirs) if vec($w, fileno(STDOUT), 1);
        last if vec($r, fileno($s), 1) && !get($s, \\$theirs);
        if (vec($r, fileno(STDIN), 1) && !get(\\*STDIN, \\$ours)) { $in = 0; shutdown($s, 1); }
      }
      sub get {
        my ($from, $to) = @_;
        my $n = sysread($from, $$to, 65536);
        return defined $n ? $n : $! == EAGAIN || $! == EINTR;
      }
      sub put {
        my ($to, $from) = @_;
        my $n = syswrite($to, $$from);
        if (defined $n) { substr($$from, 0, $n, ""); } else { exit 1 unless $! == EAGAIN || $! == EINTR; }
      }
      """),
  SOCAT("socat", ""),
  BUSYBOX("busybox", ""),
  BASH(
      "bash",
      """
      exec 3<>/dev/tcp/127.0.0.1/$1 4<&0 || exit 111
      cat <&3 & from=$!
      cat <&4 >&3 & to=$!
      exec 3>&- 4<&-
      wait -n $from $to
      if kill -0 $from 2>/dev/null; then
        sleep 5 & late=$!
        wait -n $from $late
        kill $late $from 2>/dev/null
      fi
      kill $to 2>/dev/null
      wait
      """);

  private static final Duration SHORTLY = Duration.ofSeconds(15);

  private final String program;
  private final String script;

  ForwardProgram(String program, String script) {
    this.program = program;
    this.script = script;
  }

  /** The first of them that this container has. */
  static Optional<ForwardProgram> find(Container container) {
    return Arrays.stream(values()).filter(it -> isIn(container, it)).findFirst();
  }

  static boolean isIn(Container container, ForwardProgram it) {
    List<String> trial =
        switch (it) {
          case PERL -> List.of(it.program, "-e", "use Socket; use IO::Handle; use Errno");
          case SOCAT -> List.of(it.program, "-V");
          case BUSYBOX -> List.of(it.program, "nc", "--help");
          case BASH -> List.of(it.program, "-c", "exit 0");
        };
    return container.run(container.exec(trial).within(SHORTLY)).succeeded();
  }

  /** What runs for each connection. */
  List<String> argv(int port) {
    return switch (this) {
      case PERL -> List.of(program, "-e", script, String.valueOf(port));
      case SOCAT -> List.of(program, "-t", "60", "-", "TCP:127.0.0.1:" + port);
      case BUSYBOX -> List.of(program, "nc", "127.0.0.1", String.valueOf(port));
      case BASH -> List.of(program, "-c", script, program, String.valueOf(port));
    };
  }

  /** Throws unless a server listens on the port: a forward would accept connections anyway. */
  void requireAnswer(Container container, int port) {
    List<String> argv = new ArrayList<>(argv(port));
    CommandResult result = container.run(container.exec(argv).within(SHORTLY));
    if (!result.succeeded()) {
      throw SyncException.host(
          "nothing answers on port " + port + " of the container " + container.name(),
          "see whether the server runs (docker logs " + container.name() + "), and on which port");
    }
  }
}
