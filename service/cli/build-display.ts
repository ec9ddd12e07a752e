import type { ServiceError } from "../../shared/errors.ts";
import type { BuildReport, BuildSummary } from "../project/build-kiln-heads.ts";
import type { Orphan } from "../project/kiln-set.ts";
import type { CliContext } from "./command.ts";
import { createProgressDisplay, type ProgressDisplay } from "./progress.ts";

/** Shows what a build does: results on stdout, one line each; progress and errors on stderr. */
export interface BuildDisplay {
  report(report: BuildReport): void;
  orphan(orphan: Orphan): void;
  /** Removes the progress bar, if there is one. */
  end(): void;
}

/** Makes the display of a build or a watcher. */
export function createBuildDisplay({ stdout, stderr }: Pick<CliContext, "stdout" | "stderr">): BuildDisplay {
  let progress: ProgressDisplay | null = null;
  const end = (): void => {
    progress?.end();
    progress = null;
  };
  return {
    end,
    report(report) {
      if (report.type === "progress") {
        progress ??= createProgressDisplay(stderr, report.head.shown);
        progress.show(report.progress);
        return;
      }
      end();
      if (report.type === "failed") stderr.write(`${report.shown}: ${inOneLine(report.error)}\n`);
      else if (report.type === "listed") stdout.write(`${report.head.shown}: added back to the manifest\n`);
      else if (report.type === "made") {
        stdout.write(`${report.head.shown}: made ${report.files.join(", ")} (${Math.round(report.ms)} ms)\n`);
        for (const note of report.notes) stderr.write(`${report.head.shown}: note: ${note}\n`);
      }
    },
    orphan({ kilnFile, files }) {
      stdout.write(
        `${kilnFile}: no longer makes ${files.join(", ")}; the files stay (--prune removes them)\n`,
      );
    },
  };
}

/** Says how a build ended. */
export function summaryLine({ made, fresh, failed }: BuildSummary): string {
  const plural = (count: number): string => `${count} asset${count === 1 ? "" : "s"}`;
  if (made + fresh + failed === 0) return "nothing to do: there is no *.kiln.json here";
  const parts = [
    ...(made > 0 ? [`${plural(made)} made`] : []),
    ...(failed > 0 ? [`${plural(failed)} failed`] : []),
    ...(fresh > 0 ? [`${plural(fresh)} up to date`] : []),
  ];
  return made + failed === 0 ? `nothing to do: ${parts.join(", ")}` : parts.join(", ");
}

/** The wrong fields of an error on one line, or its message. */
export function inOneLine({ code, errors, message }: ServiceError): string {
  if (errors.length === 0 || code === "file-changed") return message;
  return errors.map(({ field, got, expected }) => `${field}: got ${got}, expected ${expected}`).join("; ");
}
