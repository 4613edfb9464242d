package io.travaso.container;

import io.travaso.SyncException;
import io.travaso.host.Command;
import io.travaso.host.CommandResult;
import io.travaso.host.RunningCommand;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A container as it was when it was looked at; {@link #refreshed} looks again. */
public final class Container {
  private final DockerEngine engine;
  private final Docker docker;
  private final ContainerFacts facts;

  Container(DockerEngine engine, Docker docker, ContainerFacts facts) {
    this.engine = engine;
    this.docker = docker;
    this.facts = facts;
  }

  DockerEngine engine() {
    return engine;
  }

  Docker docker() {
    return docker;
  }

  ContainerFacts facts() {
    return facts;
  }

  public String id() {
    return facts.id();
  }

  /** Its name, without the slash that Docker puts before it. */
  public String name() {
    return facts.name();
  }

  /** The image as it was asked for: {@code postgres:15}. */
  public String image() {
    return facts.image();
  }

  /** The image it really runs: {@code sha256:…}. */
  public String imageId() {
    return facts.imageId();
  }

  /** {@code repository@sha256:…}; empty for an image that never was in a registry. */
  public Optional<String> digest() {
    return engine.image(imageId()).flatMap(it -> it.digests().stream().findFirst());
  }

  /** Whether its programs are there; they may be paused. */
  public boolean isRunning() {
    return state().equals("running") || isPaused();
  }

  public boolean isPaused() {
    return state().equals("paused");
  }

  /** In Docker's words: {@code running}, {@code exited}, {@code paused}, … */
  public String state() {
    return facts.state();
  }

  /** {@code healthy}, {@code unhealthy} or {@code starting}; empty without a health check. */
  public Optional<String> health() {
    return Optional.ofNullable(facts.health());
  }

  /** The exit status of a container that ended. */
  public int exitStatus() {
    return facts.exitStatus();
  }

  /** Volumes and folders of the host that it has. */
  public List<Mount> mounts() {
    return facts.mounts();
  }

  /** Whether an address and port of the host are those of a port inside, as far as Docker knows. */
  public boolean answersAt(String host, int port, int inside) {
    boolean loopback = List.of("localhost", "127.0.0.1", "::1").contains(host);
    boolean published =
        facts.published().getOrDefault(inside + "/tcp", List.of()).stream()
            .anyMatch(
                it -> it.port() == port && (loopback || it.everywhere() || it.host().equals(host)));
    boolean own = port == inside && (facts.addresses().contains(host) || isOnHostsNetwork());
    return published || own;
  }

  /** Whether a port inside is published on every address of the host. */
  public boolean isPublishedEverywhere(int inside) {
    return facts.published().getOrDefault(inside + "/tcp", List.of()).stream()
        .anyMatch(ContainerFacts.Address::everywhere);
  }

  boolean isOnHostsNetwork() {
    return facts.networkMode().equals("host");
  }

  /** The same container as it is now. */
  public Container refreshed() {
    return engine.inspect(id());
  }

  /** Throws a {@code HOST} error that says how to start it, unless it runs. */
  public Container requireRunning() {
    if (isPaused()) {
      throw SyncException.host(
          "the container " + name() + " is paused", "let it go on: docker unpause " + name());
    }
    if (!isRunning()) {
      throw SyncException.host(
          "the container " + name() + " does not run (" + state() + ")",
          "start it: docker start " + name() + "; why it ended: docker logs " + name());
    }
    return this;
  }

  /** A program in it, as the image's own user. See {@link #exec(String, Path, List)}. */
  public Command exec(List<String> argv) {
    return exec(null, null, argv);
  }

  /**
   * The command that runs a program in it, for {@link #run} and {@link #start}: {@code docker exec
   * -i}. Its streams and its exit status are the program's; 126 and 127 are a program that may not
   * be executed or does not exist.
   *
   * <p>Give it programs rather than shells that start some in the background: where PostgreSQL is a
   * container's first process, a program that lost its parent is taken for one of the server's, and
   * when it is killed the server ends all sessions (seen with 15).
   *
   * @param user a name or number inside the container; null for the image's own
   * @param envFile a 0600 file of {@code NAME=value} lines on this host, for secrets; null for none
   */
  public Command exec(@Nullable String user, @Nullable Path envFile, List<String> argv) {
    List<String> arguments = new ArrayList<>(List.of("exec", "-i"));
    if (user != null) {
      arguments.addAll(List.of("--user", user));
    }
    if (envFile != null) {
      arguments.addAll(List.of("--env-file", envFile.toString()));
    }
    arguments.addAll(List.of("--env", InsideCommand.VARIABLE + "=" + Marker.random(), id()));
    arguments.addAll(argv);
    return Docker.command(arguments);
  }

  /** Runs a command of {@link #exec}; ended early, it ends the program inside, too. */
  public CommandResult run(Command exec) {
    requireRunning();
    try {
      return InsideCommand.checked(this, docker.host().run(exec));
    } catch (SyncException e) {
      Marker.undisturbed(() -> InsideCommand.end(this, exec));
      throw e;
    }
  }

  /** Starts a command of {@link #exec}; closed early, it ends the program inside, too. */
  public RunningCommand start(Command exec) {
    requireRunning();
    return new InsideCommand(this, exec, docker.host().start(exec));
  }

  /**
   * Where a server inside answers: by its published port, at the container's own address, or by a
   * forward of ours.
   *
   * @param port inside the container
   */
  public Endpoint endpoint(int port) {
    return new EndpointSearch(requireRunning(), port).find();
  }
}
