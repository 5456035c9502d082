/**
 * node --import …/prepare.mjs: the built server with what the environment asks for. The server knows nothing of it.
 * CLUSTER_FAULT: a seeded fault; CLUSTER_FAILPOINTS: see failpoints.mjs; CLUSTER_LEASE_MS: how long a lease lasts;
 * CLUSTER_CLOCK_AHEAD_MS: how far the machine's clock is ahead from the start, and from each SIGUSR2 on by as much again.
 */
import { register } from 'node:module';
import { isMainThread } from 'node:worker_threads';
import { armFailpoints, EDITS } from './failpoints.mjs';
import { SEEDED } from './seeded-faults.mjs';
import { setClock } from './wrong-clock.mjs';

const {
  CLUSTER_FAULT: fault,
  CLUSTER_FAILPOINTS: failpoints,
  CLUSTER_LEASE_MS: lease,
  CLUSTER_CLOCK_AHEAD_MS: ahead,
} = process.env;

const edits = [];
if (fault !== undefined) {
  if (!SEEDED[fault]) throw new Error(`there is no fault '${fault}'`);
  edits.push(...SEEDED[fault]);
}
if (lease !== undefined)
  edits.push({ file: '/jobs/leases.js', line: 'LEASE_MS = 10_000;', becomes: `LEASE_MS = ${Number(lease)};` });
if (failpoints !== undefined) {
  edits.push(...EDITS);
  armFailpoints(failpoints);
}
if (ahead !== undefined && isMainThread) setClock(Number(ahead));
register('./edit-hooks.mjs', import.meta.url, { data: edits });
