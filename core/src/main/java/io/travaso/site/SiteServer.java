package io.travaso.site;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.travaso.Progress;
import io.travaso.SyncException;
import io.travaso.cloning.ClonePackage;
import io.travaso.cloning.CloneSource;
import io.travaso.site.Protocol.Failure;
import io.travaso.site.Protocol.Hello;
import io.travaso.site.Protocol.Question;
import io.travaso.site.Protocol.Reply;
import io.travaso.site.Protocol.Told;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lets a site be asked from another host: questions come in a line each, and so do the answers. */
public final class SiteServer {
  private final Site site;
  private final PrintStream out;

  public SiteServer(Site site, PrintStream out) {
    this.site = site;
    this.out = out;
  }

  /** Greets, then answers questions until there are no more. */
  public void serve(String toolVersion, String exports, BufferedReader in) throws IOException {
    say(new Hello(toolVersion, site.environment(), exports));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      say(reply(line));
    }
  }

  private Reply reply(String line) {
    try {
      Question question = Protocol.JSON.readValue(line, Question.class);
      Object answer = answer(question);
      JsonNode json = answer == null ? NullNode.instance : Protocol.JSON.valueToTree(answer);
      return new Reply(null, json, null);
    } catch (SyncException e) {
      return new Reply(null, null, Failure.of(e));
    } catch (JsonProcessingException e) {
      return new Reply(
          null,
          null,
          new Failure(
              SyncException.Kind.HOST,
              "A question was not understood: " + e.getOriginalMessage(),
              "Is the same version of the tool on both hosts?",
              List.of()));
    }
  }

  private @Nullable Object answer(Question question) throws JsonProcessingException {
    Progress progress = new Teller();
    JsonNode request = question.request();
    return switch (question.operation()) {
      case CHECK -> site.check(read(request, Requests.Check.class), progress);
      case DIGESTIBLE -> site.digestible(read(request, Requests.Digestible.class));
      case DIGEST -> site.digest(read(request, Requests.Digest.class), progress);
      case KEEP_DIGESTS -> {
        site.keepDigests();
        yield null;
      }
      case COMPARE -> site.compare(read(request, Requests.Compare.class));
      case EXPORT -> site.export(read(request, Requests.Export.class), progress);
      case PLAN -> site.plan(read(request, Requests.Plan.class), progress);
      case PLAN_ROLLBACK -> site.planRollback(read(request, Requests.PlanRollback.class), progress);
      case BACKUP -> site.backup(read(request, Requests.TakeBackup.class), progress);
      case MERGE -> site.merge(read(request, Requests.Merge.class), progress);
      case MARK -> {
        site.mark(read(request, Requests.Mark.class));
        yield null;
      }
      case RETAIN -> site.retain(read(request, Requests.Retain.class));
      case BACKUPS -> site.backups();
      case HISTORY -> site.history();
      case PROPOSE -> site.propose();
      case LOOK_CLONE -> site.cloning().look(progress);
      case EXPORT_CLONE -> site.cloning().export(progress);
      case PLAN_CLONE -> site.cloning().plan(read(request, CloneSource.class), progress);
      case IMPORT_CLONE -> site.cloning().replace(read(request, ClonePackage.class), progress);
      case AGREEMENTS -> site.agreements(read(request, Requests.Agreements.class));
      case AGREE -> {
        site.agree(read(request, Requests.Agree.class));
        yield null;
      }
      case KEY_REACH, PLAN_RENUMBER, RENUMBER, KEY_SOURCES, PLAN_KEY_CLASS, DRAW_FROM ->
          new KeysAnswers(site.keys()).answer(question, progress);
      case PLAN_UNDO -> site.planUndo(read(request, Requests.PlanUndo.class), progress);
      default -> new ServicesAnswers(site.services()).answer(question, progress);
    };
  }

  private static <T> T read(JsonNode request, Class<T> type) throws JsonProcessingException {
    return Protocol.JSON.treeToValue(request, type);
  }

  /** Passes on to the other host what is told here. */
  private final class Teller implements Progress {
    @Override
    public void at(String work, long done, long total) {
      say(new Reply(new Told(work, done, total, null), null, null));
    }

    @Override
    public void tells(String line) {
      say(new Reply(new Told("", 0, 0, line), null, null));
    }
  }

  private void say(Object message) {
    out.println(Protocol.line(message));
    out.flush();
  }
}
