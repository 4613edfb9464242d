package io.travaso.cli.command;

import io.travaso.cli.output.ExitCode;
import io.travaso.cli.output.Page;
import io.travaso.cli.output.Result;
import io.travaso.pipeline.Deployment.Deployed;
import io.travaso.pipeline.Deployment.DeployedFile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What stands on a host now, and whether it works. */
record DeployResult(Deployed deployed) implements Result {

  @Override
  public ExitCode exitCode() {
    return Findings.exitCode(deployed.proof().findings());
  }

  private long changed() {
    return deployed.files().stream().filter(DeployedFile::changed).count();
  }

  private String status() {
    if (exitCode() != ExitCode.DONE) {
      return exitCode().status();
    }
    return changed() == 0 ? "unchanged" : "applied";
  }

  @Override
  public Object json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("command", "deploy");
    json.put("status", status());
    json.put("host", deployed.host());
    json.put("files", deployed.files());
    json.put("sections", List.of(Findings.json(deployed.proof())));
    json.put("exitCode", exitCode().number());
    return json;
  }

  @Override
  public void print(Page page) {
    page.blank();
    Findings.print(deployed.proof(), page);
    String key = deployed.isProven() ? "result.deployed" : "result.deployed-unproven";
    page.text(key, deployed.host(), changed(), deployed.files().size());
  }
}
