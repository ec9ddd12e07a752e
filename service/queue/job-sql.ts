/** Migrations of the schema: step i takes a database from user_version i to i + 1. Never edit a released step. */
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
  `ALTER TABLE job DROP COLUMN lease_owner;
   ALTER TABLE job DROP COLUMN lease_until;
   ALTER TABLE job RENAME COLUMN fence TO starts;
   ALTER TABLE job ADD COLUMN lane TEXT NOT NULL DEFAULT 'generator' CHECK (lane IN ('generator', 'pixels'));
   ALTER TABLE job ADD COLUMN plan BLOB;
   UPDATE job SET lane = 'pixels' WHERE kind = 'pixelate';
   UPDATE job SET progress = '{"stage":"queued","step":0,"steps":0}' WHERE state = 'running';
   CREATE INDEX job_by_lane ON job (lane, state, seq);`,
  // A check cannot be altered: the column is made anew.
  `DROP INDEX job_by_lane;
   ALTER TABLE job RENAME COLUMN lane TO former_lane;
   ALTER TABLE job ADD COLUMN lane TEXT NOT NULL DEFAULT 'generator'
     CHECK (lane IN ('generator', 'pixels', 'servers'));
   UPDATE job SET lane = former_lane;
   ALTER TABLE job DROP COLUMN former_lane;
   CREATE INDEX job_by_lane ON job (lane, state, seq);`,
];

/** The columns of a JobRow. The plan is left out, because it may be megabytes and only a claim needs it. */
const COLUMNS = `id, kind, lane, state, client, request, model_id, model_sha256, pipeline_version, extras,
                 created_at, started_at, finished_at, attempts, starts, cancel_requested, progress,
                 asset_id, error, timings, result`;

const UNFINISHED = "state IN ('queued', 'running')";

export const SQL = {
  byId: `SELECT ${COLUMNS} FROM job WHERE id = @id`,
  byKey: `SELECT ${COLUMNS}, body_hash FROM job WHERE idempotency_key = @key`,
  running: `SELECT ${COLUMNS} FROM job WHERE state = 'running' ORDER BY seq`,
  countUnfinished: `SELECT COUNT(*) AS n FROM job WHERE ${UNFINISHED}`,
  countUnfinishedOfClient: `SELECT COUNT(*) AS n FROM job WHERE ${UNFINISHED} AND client = @client`,
  countByState: "SELECT state, COUNT(*) AS n FROM job GROUP BY state",
  recentDuration: `SELECT AVG(finished_at - started_at) AS ms FROM (
     SELECT finished_at, started_at FROM job
      WHERE state = 'succeeded' AND lane IN (SELECT lane FROM job WHERE ${UNFINISHED})
      ORDER BY seq DESC LIMIT 10)`,
  insert: `INSERT INTO job (id, kind, lane, state, client, request, plan, model_id, model_sha256,
                            pipeline_version, extras, idempotency_key, body_hash, created_at, progress)
           VALUES (@id, @kind, @lane, 'queued', @client, @request, @plan, @modelId, @modelSha256,
                   @pipelineVersion, @extras, @key, @bodyHash, @now, @progress)
        RETURNING ${COLUMNS}`,
  claim: `UPDATE job SET state = 'running', starts = starts + 1, attempts = attempts + 1, started_at = @now
           WHERE seq = (SELECT seq FROM job WHERE lane = @lane AND state = 'queued' AND attempts < @below
                         ORDER BY seq LIMIT 1)
       RETURNING ${COLUMNS}, plan`,
  finish: `UPDATE job SET state = @state, finished_at = @now, plan = NULL, progress = @progress,
                          asset_id = @assetId, error = @error, timings = @timings, result = @result
            WHERE id = @id AND state = 'running'`,
  release: `UPDATE job SET state = 'queued', started_at = NULL, starts = starts - @uncountedStarts,
                           attempts = attempts - @uncountedAttempts
             WHERE id = @id AND state = 'running'`,
  cancelQueued: `UPDATE job SET state = 'cancelled', finished_at = @now, plan = NULL
                  WHERE id = @id AND state = 'queued'`,
  cancelRunning: "UPDATE job SET cancel_requested = 1 WHERE id = @id AND state = 'running'",
  list: `SELECT ${COLUMNS} FROM job
          WHERE (@state IS NULL OR state = @state)
            AND (@before IS NULL OR seq < (SELECT seq FROM job WHERE id = @before))
          ORDER BY seq DESC LIMIT @limit`,
  probe: `PRAGMA user_version = ${MIGRATIONS.length}`,
  prune: `DELETE FROM job
           WHERE finished_at < @olderThan
             AND seq NOT IN (SELECT seq FROM job WHERE finished_at IS NOT NULL ORDER BY seq DESC LIMIT @keep)`,
} as const;
