/** What can be released, such as a session of an inference runtime. */
interface Releasable {
  release(): Promise<void>;
}

/** Something that is open only while it is used, and a while after. */
export interface OnDemand<T> {
  /** Runs work with it, opened first if need be. Rejects if it cannot be opened. */
  use<R>(work: (opened: T) => Promise<R>): Promise<R>;
  /** Releases it at once. The next use opens it again. */
  release(): Promise<void>;
}

/** Opens something when it is first used, and releases it after `idleMs` without use; null keeps it open. */
export function openOnDemand<T extends Releasable>(
  open: () => Promise<T>,
  idleMs: number | null,
): OnDemand<T> {
  let opening: Promise<T> | null = null;
  let users = 0;
  let idle: NodeJS.Timeout | undefined;

  async function release(): Promise<void> {
    clearTimeout(idle);
    const last = opening;
    opening = null;
    await (await last)?.release();
  }

  return {
    async use(work) {
      clearTimeout(idle);
      users++;
      opening ??= open().catch((error: unknown) => {
        // What failed to open may open the next time.
        opening = null;
        throw error;
      });
      try {
        return await work(await opening);
      } finally {
        users--;
        if (users === 0 && idleMs !== null) idle = setTimeout(release, idleMs).unref();
      }
    },
    release,
  };
}
