import { randomUUID } from "node:crypto";
import { link, readFile, rename, stat } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ServiceError } from "../../shared/errors.ts";
import { isAlive } from "../is-alive.ts";
import { removeAll } from "./disk.ts";
import { openAsNew } from "./paths.ts";

const LOCK_FILE = ".pixelkiln.lock";
/** Writing one asset takes well under a second: an older lock belongs to a process that died. */
const STALE_MS = 30_000;
const RETRY_MS = 15;
const GIVE_UP_MS = 40_000;

/**
 * Runs work while no other writer, in this process or another, works in the folder. The lock is a file that only one
 * writer can create and that holds its process id; one left by a dead process is removed.
 * Throws internal if the folder stays locked for 40 s.
 */
export async function withFolderLock<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const file = join(folder, LOCK_FILE);
  const holder = `${process.pid} ${randomUUID()}`;
  await acquire(file, holder);
  try {
    return await work();
  } finally {
    await takeAway(file, holder);
  }
}

async function acquire(file: string, holder: string): Promise<void> {
  for (let waited = 0; waited < GIVE_UP_MS; waited += RETRY_MS) {
    if (await create(file, holder)) return;
    const stale = await staleHolder(file);
    if (stale === null) await sleep(RETRY_MS);
    else await takeAway(file, stale);
  }
  throw new ServiceError(
    "internal",
    `Another process is still writing to this folder. If none is running, delete ${LOCK_FILE}.`,
  );
}

async function create(file: string, holder: string): Promise<boolean> {
  try {
    const handle = await openAsNew(file);
    try {
      await handle.writeFile(holder);
    } finally {
      await handle.close();
    }
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** The content of a dead process's lock, or null if the lock is alive or gone. */
async function staleHolder(file: string): Promise<string | null> {
  try {
    const holder = await readFile(file, "utf8");
    const pid = Number(holder.split(" ", 1)[0]);
    // A young lock without content is just being created.
    const old = Date.now() - (await stat(file)).mtimeMs > STALE_MS;
    return old || (pid > 0 && !isAlive(pid)) ? holder : null;
  } catch {
    return null;
  }
}

/**
 * Removes the lock of this holder and no other. It is moved aside before it is read, so that if several writers
 * saw the same dead holder, only one removes it; a lock that turns out to be someone else's is put back.
 */
async function takeAway(file: string, holder: string): Promise<void> {
  const aside = `${file}-${randomUUID()}`;
  try {
    await rename(file, aside);
    if ((await readFile(aside, "utf8")) !== holder) await link(aside, file);
  } catch {
    // Someone else was faster.
  }
  await removeAll(aside);
}
