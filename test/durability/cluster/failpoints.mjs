import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

const point = (name, file, line) => ({
  name,
  file,
  line,
  becomes: `globalThis.failpoint(${JSON.stringify(name)});\n${line}`,
});

/** Where a node may die or stand still: before a line of the built server. */
export const FAILPOINTS = [
  point('between claim and work', '/jobs/run-job.js', 'switch (job.kind) {'),
  point('between work and commit', '/cases/act.js', "if ((await deps.store.commit(commit)) === 'ok') {"),
  // the case is written, its rows are not
  point('between commit and projection', '/store/mongo/commit.js', "await reach('written');"),
  // the journal holds it, the database does not
  point('between commit and projection', '/store/sqlite/writer.js', 'for (const outcome of promised)'),
  point('between projection and wake-up', '/cases/act.js', 'deps.recent.set(commit.case);'),
];

/** Nodes go away here more often than jobs could be innocent of: without this one of them is put off, or becomes an incident. */
const NOBODY_IS_SUSPECTED = {
  file: '/jobs/suspects.js',
  line: 'export function treatmentOf(job) {',
  becomes: "export function treatmentOf(job) { return 'beside others';",
};

/** The thread of the embedded store is prepared as well. */
const THREADS_TOO = { file: '/kernel/thread.js', line: 'execArgv: [],', becomes: 'execArgv: process.execArgv,' };

/** What a server with failpoints has changed. */
export const EDITS = [...FAILPOINTS, NOBODY_IS_SUSPECTED, THREADS_TOO];

/** One of so many passes of the point is the last. */
const PASSES = 6;

/**
 * At one of the points, the one that was hit least, this process dies (CLUSTER_FAILPOINT_DOES=die) or stands still (freeze)
 * until it is told to go on, and says so in a file that all nodes share: a line "<point>" for each hit. Not while the file
 * `<file>.quiet` exists, nor while all other nodes stand still.
 */
export function armFailpoints(file) {
  const { CLUSTER_FAILPOINT_DOES: does, CLUSTER_NODES: nodes } = process.env;
  const lines = () => readFileSync(file, 'utf8').split('\n');
  const names = [...new Set(FAILPOINTS.map(({ name }) => name))];
  let armed;
  let left;

  function arm() {
    const said = lines();
    const hits = names.map((name) => said.filter((line) => line.endsWith(name)).length + Math.random());
    // one point of the process: a thread of the store has the environment of the main thread
    armed = isMainThread ? names[hits.indexOf(Math.min(...hits))] : process.env.CLUSTER_ARMED;
    if (isMainThread) process.env.CLUSTER_ARMED = armed;
    left = Math.ceil(Math.random() * PASSES);
  }
  function othersAreStill() {
    const said = lines();
    const count = (word) => said.filter((line) => line.startsWith(word)).length;
    return count('freeze') - count('thaw') >= nodes - 1;
  }

  arm();
  globalThis.failpoint = (name) => {
    if (name !== armed || --left > 0 || existsSync(`${file}.quiet`)) return;
    if (does === 'freeze' && othersAreStill()) return;
    appendFileSync(file, `${does} ${process.pid} ${name}\n`);
    process.kill(process.pid, does === 'freeze' ? 'SIGSTOP' : 'SIGKILL');
    arm(); // thawed
  };
}
