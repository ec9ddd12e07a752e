import type { z } from "zod";
import type { Lane } from "../../shared/job.ts";
import type { Provider } from "./execution-provider.ts";
import type { Generator, GeneratorInfo } from "./generator.ts";

/** A model on the disk: what it is, where it lies, the sha256 of its files by name, and what its backend must know. */
export interface StoredModel<Config = unknown> {
  info: GeneratorInfo;
  /** Empty: it is configured, and its files are elsewhere. */
  folder: string;
  hashes: Readonly<Record<string, string>>;
  config: Config;
}

/** How a generator is run on this machine. */
export interface RunChoice {
  /** Threads of one run. */
  threads: number;
  /** Execution provider of ONNX Runtime; "cpu" for a backend without a probe. */
  provider: Provider;
  /** Environment of the worker process, in which keys may stand. */
  env: NodeJS.ProcessEnv;
}

/** The code of a backend. It is loaded with the first generator, since it may bring an inference runtime with it. */
export interface BackendCode<Config = unknown> {
  /**
   * Makes the probe of a model: it throws for an execution provider that cannot run it, with the reason. Absent for
   * what does not run in ONNX Runtime.
   */
  probe?(model: StoredModel<Config>, threads: number): (provider: Provider) => Promise<void>;
  /** Opens a model whose files were verified. Throws an Error that says why it cannot. */
  load(model: StoredModel<Config>, choice: RunChoice): Promise<Generator>;
}

/** A model folder of another program, which has no model.json. */
export interface ForeignModel {
  /** What its model.json would say. */
  file: object;
  /** Bytes of its files. */
  bytes: number;
}

/** A way to run generators. */
export interface Backend<Config = unknown> {
  /** The fields of model.json that only this backend reads. */
  readonly schema: z.ZodType<Config>;
  /** Where jobs of its models wait; absent: with those of the other generators. */
  readonly lane?: Lane;
  code(): Promise<BackendCode<Config>>;
  /** Describes a model that is configured and not stored, without asking anyone. */
  describe?(config: Config): GeneratorInfo;
  /** Says whether what draws a configured model can be reached. Never throws. */
  check?(config: Config, env: NodeJS.ProcessEnv, signal: AbortSignal): Promise<ServerState>;
  /** Whether its networks run in ONNX Runtime, and so on one of several devices. */
  readonly onDevices?: boolean;
  /** How folders of other programs are known, by a file in them, and read. Throws an Error that says what is wrong. */
  readonly foreign?: { marker: string; describe(folder: string): Promise<ForeignModel> };
}

/** What was found at a server. Lists are null where it does not tell them. */
export interface ServerLook {
  program: string;
  version: string | null;
  /** The checkpoint that it will draw with. */
  checkpoint: { name: string; sha256: string | null } | null;
  checkpoints: string[] | null;
  loras: string[] | null;
  samplers: string[] | null;
  schedulers: string[] | null;
}

/** How it stands with what draws a configured model. */
export interface ServerState {
  state: "up" | "down" | "on_demand";
  reason: string | null;
  found: ServerLook | null;
}

/** A model that can be loaded. */
export interface CatalogEntry extends StoredModel {
  backend: Backend;
}

/** Backends by the name that model.json calls them by. */
export type Backends = Readonly<Record<string, Backend>>;
