package io.travaso.container;

import io.travaso.host.Command;
import io.travaso.host.CommandResult;
import io.travaso.host.RunningCommand;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A container as it was when it was looked at; {@link #refreshed} looks again. */
public final class Container {
  private Container() {}

  public String id() {
    throw new UnsupportedOperationException();
  }

  /** Its name, without the slash that Docker puts before it. */
  public String name() {
    throw new UnsupportedOperationException();
  }

  /** The image as it was asked for: {@code postgres:15}. */
  public String image() {
    throw new UnsupportedOperationException();
  }

  /** The image it really runs: {@code sha256:…}. */
  public String imageId() {
    throw new UnsupportedOperationException();
  }

  /** {@code repository@sha256:…}; empty for an image that never was in a registry. */
  public Optional<String> digest() {
    throw new UnsupportedOperationException();
  }

  public boolean isRunning() {
    throw new UnsupportedOperationException();
  }

  public boolean isPaused() {
    throw new UnsupportedOperationException();
  }

  /** In Docker's words: {@code running}, {@code exited}, {@code paused}, … */
  public String state() {
    throw new UnsupportedOperationException();
  }

  /** {@code healthy}, {@code unhealthy} or {@code starting}; empty without a health check. */
  public Optional<String> health() {
    throw new UnsupportedOperationException();
  }

  /** The exit status of a container that ended. */
  public int exitStatus() {
    throw new UnsupportedOperationException();
  }

  /** Volumes and folders of the host that it has. */
  public List<Mount> mounts() {
    throw new UnsupportedOperationException();
  }

  /** The same container as it is now. */
  public Container refreshed() {
    throw new UnsupportedOperationException();
  }

  /** Throws a {@code HOST} error that says how to start it, unless it runs. */
  public Container requireRunning() {
    throw new UnsupportedOperationException();
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
   * @param user a name or number inside the container; null for the image's own
   * @param envFile a 0600 file of {@code NAME=value} lines on this host, for secrets; null for none
   */
  public Command exec(@Nullable String user, @Nullable Path envFile, List<String> argv) {
    throw new UnsupportedOperationException();
  }

  /** Runs a command of {@link #exec}; ended early, it ends the program inside, too. */
  public CommandResult run(Command exec) {
    throw new UnsupportedOperationException();
  }

  /** Starts a command of {@link #exec}; closed early, it ends the program inside, too. */
  public RunningCommand start(Command exec) {
    throw new UnsupportedOperationException();
  }

  /**
   * Where a server inside answers: by its published port, at the container's own address, or by a
   * forward of ours.
   *
   * @param port inside the container
   */
  public Endpoint endpoint(int port) {
    throw new UnsupportedOperationException();
  }
}
