import { readFileSync } from 'node:fs';
import type { ExternalJob } from '../../engine/engine.ts';
import type { JsonObject } from '../../engine/kernel/json.ts';
import { checkUpload } from '../../engine/model/index.ts';
import { office, type Office } from './office.ts';

const WORKER = { id: 'worker', name: 'worker', groups: [] };

export interface Desk extends Office {
  /** The next job of a topic, leased to a worker. */
  fetch(topic: string): Promise<ExternalJob>;
  /** A worker does the next job of a topic. */
  work(topic: string, variables?: JsonObject): Promise<ExternalJob>;
  /** The worker of a topic reports a business error. */
  refuse(topic: string, code: string, message?: string, variables?: JsonObject): Promise<void>;
  send(name: string, key: string | null, variables?: JsonObject): Promise<string>;
  /** The case's own variables. */
  variables(caseId: string): Promise<JsonObject>;
  status(caseId: string): Promise<string>;
  /** How often an element was completed. */
  passed(caseId: string, node: string): Promise<number>;
}

export function fixtureOf(path: string): string {
  return readFileSync(new URL(`../fixtures/compat/${path}.bpmn`, import.meta.url), 'utf8');
}

/** Findings of a file as `severity rule element`. */
export async function findingsOf(path: string): Promise<string[]> {
  const { findings } = await checkUpload(Buffer.from(fixtureOf(path)));
  return findings.map(({ severity, rule, element }) => `${severity} ${rule} ${element}`);
}

/** An office that has published these files. */
export async function deskWith(...paths: string[]): Promise<Desk> {
  const base = office();
  for (const path of paths) await base.deploy(fixtureOf(path));
  const { engine, store } = base;
  const desk: Desk = {
    ...base,
    async fetch(topic) {
      await engine.runDueJobs();
      const [job] = await engine.fetchJobs({ worker: 'w', topics: [topic], max: 1, leaseMs: 60_000 });
      if (!job) throw new Error(`no job of topic '${topic}'`);
      return job;
    },
    async work(topic, variables = {}) {
      const job = await desk.fetch(topic);
      await engine.completeJob({ jobId: job.id, fence: job.fence, variables }, WORKER);
      await engine.runDueJobs();
      return job;
    },
    async refuse(topic, code, message = 'no', variables = {}) {
      const job = await desk.fetch(topic);
      await engine.throwJobError({ jobId: job.id, fence: job.fence, code, message, variables }, WORKER);
      await engine.runDueJobs();
    },
    async send(name, key, variables = {}) {
      const { caseId } = await engine.correlateMessage({ name, key, variables }, WORKER);
      await engine.runDueJobs();
      return caseId;
    },
    variables: async (caseId) => (await engine.getCase(caseId)).state.scopes['0']!.variables,
    status: async (caseId) => (await engine.getCase(caseId)).status,
    passed: async (caseId, node) =>
      (await store.listEvents(caseId, 0, 10_000)).filter(
        (event) => event.type === 'element.completed' && event.node === node,
      ).length,
  };
  return desk;
}
