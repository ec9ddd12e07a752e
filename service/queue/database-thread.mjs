// The thread of the job database: it opens the file that it is given and runs the statements that it is sent. It is not
// TypeScript, because a thread of Node 20 cannot load that from the sources; database-messages.ts has the types.
import { parentPort, workerData } from "node:worker_threads";
import Database from "libsql";

/** How long a statement waits for another program that locks the file, in ms. The package's own default is 0. */
const BUSY_MS = 5000;

/** A database that this program does not open, and why. */
class Refusal extends Error {}

const statements = new Map();
const tell = (message) => parentPort.postMessage(message);
const failure = (error) => ({
  code: String(error.code ?? ""),
  message: error.message,
  refusal: error instanceof Refusal,
});

try {
  const db = open(workerData);
  parentPort.on("message", (order) => answer(db, order));
  tell({ id: 0, value: null });
} catch (error) {
  tell({ id: 0, error: failure(error) });
}

function open({ file, migrations }) {
  const db = new Database(file);
  try {
    db.pragma(`busy_timeout = ${BUSY_MS}`);
    db.pragma("journal_mode = WAL");
    db.pragma("synchronous = FULL");
    migrate(db, migrations);
    return db;
  } catch (error) {
    db.close();
    if (error.code !== "SQLITE_NOTADB" && error.code !== "SQLITE_CORRUPT") throw error;
    throw new Refusal(
      `The job database ${file} is damaged (${error.code}): move it aside, and the next start makes a new one. What is in the library stays.`,
    );
  }
}

function migrate(db, migrations) {
  const bringUp = db.transaction(() => {
    const version = db.pragma("user_version")[0]?.user_version ?? 0;
    if (version > migrations.length) {
      throw new Refusal(
        `A newer Pixelkiln wrote this project's job database (version ${version}; this one knows up to ${migrations.length}): use the newer one, or choose another project.`,
      );
    }
    for (const step of migrations.slice(version)) db.exec(step);
    db.exec(`PRAGMA user_version = ${migrations.length}`);
  });
  bringUp.immediate();
}

function answer(db, order) {
  try {
    if (order.type !== "close") return tell({ id: order.id, value: execute(db, order) });
    statements.clear();
    db.close();
    tell({ id: order.id, value: null });
  } catch (error) {
    tell({ id: order.id, error: failure(error) });
  }
}

// Rows always come from `all`, never `get`: a statement with RETURNING commits only when it has run to the end.
function execute(db, { type, sql, parameters }) {
  const statement = statements.get(sql) ?? db.prepare(sql);
  statements.set(sql, statement);
  return type === "all" ? statement.all(parameters) : statement.run(parameters).changes;
}
