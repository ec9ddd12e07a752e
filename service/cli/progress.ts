import type { JobProgress } from "../../shared/job.ts";
import type { CliContext } from "./command.ts";

const STAGE_TEXTS: Record<JobProgress["stage"], string> = {
  queued: "waiting",
  "loading-model": "loading the model",
  "encoding-prompt": "drawing",
  denoising: "drawing",
  "pixel-passes": "drawing",
  writing: "writing",
  done: "done",
};
const BAR_WIDTH = 24;

export interface ProgressDisplay {
  show(progress: JobProgress): void;
  /** Leaves the stream at the start of a clean line. */
  end(): void;
}

/** Shows progress on stderr: a bar on a terminal, else a plain line for each new stage and quarter. */
export function createProgressDisplay(stream: CliContext["stderr"], label: string): ProgressDisplay {
  return stream.isTTY ? bar(stream, label) : lines(stream, label);
}

function bar(stream: CliContext["stderr"], label: string): ProgressDisplay {
  let shown = false;
  return {
    show({ stage, step, steps }) {
      const share = steps > 0 ? step / steps : stage === "writing" ? 1 : 0;
      const filled = Math.round(BAR_WIDTH * share);
      const drawn = `${"█".repeat(filled)}${"░".repeat(BAR_WIDTH - filled)}`;
      stream.write(`\r\x1b[2K${label} ${drawn} ${STAGE_TEXTS[stage]}`);
      shown = true;
    },
    end() {
      if (shown) stream.write("\r\x1b[2K");
    },
  };
}

function lines(stream: CliContext["stderr"], label: string): ProgressDisplay {
  let last = "";
  return {
    show({ stage, step, steps }) {
      const quarter =
        STAGE_TEXTS[stage] === "drawing" && steps > 0 ? ` ${25 * Math.floor((4 * step) / steps)}%` : "";
      const line = `${label}: ${STAGE_TEXTS[stage]}${quarter}\n`;
      if (line !== last) stream.write(line);
      last = line;
    },
    end() {},
  };
}
