import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { ServiceError } from "../../shared/errors.ts";
import type { FromThread, Order, Parameters, ThreadError, ToThread } from "./database-messages.ts";
import type { RawRow } from "./job-row.ts";
import { MIGRATIONS } from "./job-sql.ts";
import { asDatabaseError } from "./sqlite-error.ts";

/**
 * The job database, whose statements run one after another in a thread of their own: a slow disk, or another program that
 * locks the file, holds up no request that does not need it. A statement is on disk when its promise resolves.
 */
export interface QueueDatabase {
  /** Runs a statement and returns its rows. */
  all(sql: string, parameters: Parameters): Promise<RawRow[]>;
  /** Runs a statement and returns how many rows it changed. */
  run(sql: string, parameters: Parameters): Promise<number>;
  close(): Promise<void>;
}

interface Waiting {
  resolve: (value: never) => void;
  reject: (error: unknown) => void;
}

/** Opens a job database and brings it up to this version. Throws a ServiceError for a damaged one or a newer one. */
export async function openDatabase(file: string): Promise<QueueDatabase> {
  const thread = new DatabaseThread(file);
  try {
    await thread.opened;
  } catch (error) {
    await thread.close();
    throw error;
  }
  return thread;
}

class DatabaseThread implements QueueDatabase {
  readonly opened: Promise<void>;
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;
  #ended: Error | null = null;

  constructor(file: string) {
    this.#worker = startThread(file);
    this.opened = new Promise<void>((resolve, reject) => {
      this.#waiting.set(0, { resolve, reject });
    });
    this.#worker.on("message", (answer: FromThread) => this.#receive(answer));
    this.#worker.on("error", (error) => this.#end(error));
    this.#worker.on("exit", () => this.#end(new Error("The thread of the job database has ended.")));
  }

  all(sql: string, parameters: Parameters): Promise<RawRow[]> {
    return this.#ask({ type: "all", sql, parameters });
  }

  run(sql: string, parameters: Parameters): Promise<number> {
    return this.#ask({ type: "run", sql, parameters });
  }

  /** Lets what was asked for end, and closes the file. */
  async close(): Promise<void> {
    if (this.#ended) return;
    await this.#ask({ type: "close" }).catch(() => undefined);
    await this.#worker.terminate();
  }

  #ask<T>(order: Order): Promise<T> {
    if (this.#ended) return Promise.reject(this.#ended);
    const id = ++this.#lastId;
    return new Promise<T>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ ...order, id } satisfies ToThread);
    });
  }

  #receive(answer: FromThread): void {
    const waiting = this.#waiting.get(answer.id);
    this.#waiting.delete(answer.id);
    if ("error" in answer) waiting?.reject(errorOf(answer.error));
    else waiting?.resolve(answer.value as never);
  }

  #end(error: Error): void {
    this.#ended ??= error;
    for (const { reject } of this.#waiting.values()) reject(this.#ended);
    this.#waiting.clear();
  }
}

function startThread(file: string): Worker {
  // The bundle names all its files .js.
  const extension = extname(fileURLToPath(import.meta.url)) === ".ts" ? "mjs" : "js";
  const entry = new URL(`./database-thread.${extension}`, import.meta.url);
  return new Worker(entry, { workerData: { file, migrations: MIGRATIONS } });
}

/** Turns an answer of the thread back into an error. */
function errorOf({ code, message, refusal }: ThreadError): Error {
  return refusal
    ? new ServiceError("internal", message)
    : asDatabaseError(Object.assign(new Error(message), { code }));
}
