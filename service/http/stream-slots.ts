import { ServiceError } from "../../shared/errors.ts";

/** Maximum number of open event streams: in total and per client. */
export const STREAM_LIMITS = { all: 64, perClient: 16 } as const;

/** Counts open event streams. `take` throws too-many-streams, or returns a function that frees the slot. */
export function createStreamSlots(): { take(client: string): () => void } {
  const open = new Map<string, number>();
  let all = 0;
  return {
    take(client) {
      const own = open.get(client) ?? 0;
      if (all >= STREAM_LIMITS.all) throw tooMany(STREAM_LIMITS.all, "in total");
      if (own >= STREAM_LIMITS.perClient) throw tooMany(STREAM_LIMITS.perClient, "per client");
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
    `Too many event streams are open (at most ${limit} ${whose}): close one first.`,
    {
      retryAfter: 5,
    },
  );
}
