import { ServiceError } from "../../shared/errors.ts";

/** Most event streams that are open at once, of all clients and of one. */
export const STREAM_LIMITS = { all: 32, perClient: 8 } as const;

/** Counts open event streams. `take` throws too-many-streams, else returns what gives the place back. */
export function createStreamSlots(): { take(client: string): () => void } {
  const open = new Map<string, number>();
  let all = 0;
  return {
    take(client) {
      const own = open.get(client) ?? 0;
      if (all >= STREAM_LIMITS.all) throw tooMany(STREAM_LIMITS.all, "in all");
      if (own >= STREAM_LIMITS.perClient) throw tooMany(STREAM_LIMITS.perClient, "of one client");
      all += 1;
      open.set(client, own + 1);
      let taken = true;
      return () => {
        if (!taken) return;
        taken = false;
        all -= 1;
        const left = (open.get(client) ?? 1) - 1;
        if (left > 0) open.set(client, left);
        else open.delete(client);
      };
    },
  };
}

function tooMany(limit: number, whose: string): ServiceError {
  return new ServiceError(
    "too-many-streams",
    `Expected at most ${limit} open event streams ${whose}: close one first.`,
    {
      retryAfter: 5,
    },
  );
}
