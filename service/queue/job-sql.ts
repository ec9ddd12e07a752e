/** Steps of the schema: step i brings a database from user_version i to i + 1. Never edit a released step. */
export const MIGRATIONS = [
  `CREATE TABLE job (
     seq              INTEGER PRIMARY KEY AUTOINCREMENT,
     id               TEXT NOT NULL UNIQUE,
     kind             TEXT NOT NULL,
     state            TEXT NOT NULL CHECK (state IN ('queued', 'running', 'succeeded', 'failed', 'cancelled')),
     client           TEXT NOT NULL,
     request          TEXT NOT NULL,
     model_id         TEXT NOT NULL,
     model_sha256     TEXT NOT NULL,
     pipeline_version TEXT NOT NULL,
     extras           TEXT NOT NULL,
     idempotency_key  TEXT UNIQUE,
     body_hash        TEXT,
     created_at       INTEGER NOT NULL,
     started_at       INTEGER,
     finished_at      INTEGER,
     attempts         INTEGER NOT NULL DEFAULT 0,
     lease_owner      TEXT,
     lease_until      INTEGER,
     fence            INTEGER NOT NULL DEFAULT 0,
     cancel_requested INTEGER NOT NULL DEFAULT 0,
     progress         TEXT NOT NULL,
     asset_id         TEXT,
     error            TEXT,
     timings          TEXT,
     result           TEXT
   ) STRICT;
   CREATE INDEX job_by_state ON job (state, seq);`,
  "ALTER TABLE job ADD COLUMN lane TEXT NOT NULL DEFAULT 'generator'; ALTER TABLE job ADD COLUMN plan BLOB;",
];

/** A write of a running job counts only for who holds its lease. */
const HELD = "id = @id AND lease_owner = @owner AND fence = @fence AND state = 'running'";

const NO_LEASE = "lease_owner = NULL, lease_until = NULL";

export const SQL = {
  byId: "SELECT * FROM job WHERE id = @id",
  byKey: "SELECT * FROM job WHERE idempotency_key = @key",
  countUnfinished: "SELECT COUNT(*) AS n FROM job WHERE state IN ('queued', 'running')",
  countUnfinishedOfClient:
    "SELECT COUNT(*) AS n FROM job WHERE state IN ('queued', 'running') AND client = @client",
  countByState: "SELECT state, COUNT(*) AS n FROM job GROUP BY state",
  recentDuration: `SELECT AVG(finished_at - started_at) AS ms FROM (
     SELECT finished_at, started_at FROM job WHERE state = 'succeeded' ORDER BY seq DESC LIMIT 10)`,
  insert: `INSERT INTO job (id, kind, state, client, request, model_id, model_sha256, pipeline_version, extras,
                            idempotency_key, body_hash, created_at, progress, lane, plan)
           VALUES (@id, @kind, 'queued', @client, @request, @modelId, @modelSha256, @pipelineVersion, @extras,
                   @key, @bodyHash, @now, @progress, @lane, @plan)`,
  claim: `UPDATE job
             SET state = 'running', lease_owner = @owner, lease_until = @until, fence = fence + 1,
                 attempts = attempts + 1, started_at = @now
           WHERE seq = (SELECT seq FROM job WHERE state = 'queued' ORDER BY seq LIMIT 1)
       RETURNING *`,
  renew: `UPDATE job SET lease_until = @until WHERE ${HELD} RETURNING cancel_requested`,
  progress: `UPDATE job SET progress = @progress WHERE ${HELD} RETURNING cancel_requested`,
  succeed: `UPDATE job SET state = 'succeeded', finished_at = @now, ${NO_LEASE}, progress = @progress,
                           asset_id = @assetId, timings = @timings, result = @result
             WHERE ${HELD}`,
  fail: `UPDATE job SET state = 'failed', finished_at = @now, ${NO_LEASE}, error = @error WHERE ${HELD}`,
  stop: `UPDATE job SET state = 'cancelled', finished_at = @now, ${NO_LEASE} WHERE ${HELD}`,
  release: `UPDATE job SET state = 'queued', started_at = NULL, ${NO_LEASE}, progress = @progress,
                           attempts = attempts - @uncounted
             WHERE ${HELD}`,
  cancelQueued: "UPDATE job SET state = 'cancelled', finished_at = @now WHERE id = @id AND state = 'queued'",
  cancelRunning: "UPDATE job SET cancel_requested = 1 WHERE id = @id AND state = 'running'",
  abandoned: "SELECT * FROM job WHERE state = 'running' AND lease_until <= @before ORDER BY seq",
  list: `SELECT * FROM job
          WHERE (@state IS NULL OR state = @state)
            AND (@before IS NULL OR seq < (SELECT seq FROM job WHERE id = @before))
          ORDER BY seq DESC LIMIT @limit`,
  prune: `DELETE FROM job
           WHERE finished_at < @olderThan
             AND seq NOT IN (SELECT seq FROM job WHERE finished_at IS NOT NULL ORDER BY seq DESC LIMIT @keep)`,
} as const;
