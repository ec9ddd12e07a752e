import { InferenceSession } from "onnxruntime-node";

export interface SessionChoice {
  /** Threads of one run; more than the physical cores slows it down. */
  threads: number;
  provider: string;
}

/**
 * Opens one network. Spinning is off: waiting threads that spin take the cores from the service. The
 * memory arena stays on: without it a step is a tenth slower and the process no smaller (measured).
 */
export function openSession(path: string, { threads, provider }: SessionChoice): Promise<InferenceSession> {
  return InferenceSession.create(path, {
    executionProviders: [provider],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    executionMode: "sequential",
    graphOptimizationLevel: "all",
    logSeverityLevel: 3,
    extra: { session: { intra_op: { allow_spinning: "0" } } },
  });
}
