import { succeeded, type FinalCase } from '../evidence.ts';
import type { AtWork } from './at-work.ts';
import { Caller, type CallerOptions } from './caller.ts';
import type { ClusterCity } from './city.ts';
import { signIn } from './client.ts';
import { finals } from './finals.ts';
import { clusterModel } from './model.ts';
import { neighboursModel, surveyModel } from './neighbours.ts';
import { Payments } from './payments.ts';
import { People } from './people.ts';
import { sentryModel } from './sentry.ts';
import { SHAPES } from './shapes.ts';
import { Storms } from './storms.ts';
import { Workers } from './workers.ts';

const DEPARTMENT = 'housing';

export interface CrowdPlan {
  /** People who handle cases at once, beside the other systems. */
  readonly clients: number;
  /** Tasks that nobody touches, and how often their reminder comes (ISO 8601). */
  readonly leaves?: readonly string[] | undefined;
  readonly remindEvery?: string | undefined;
}

/** Everybody who is at work on a city: people, a system that pays, one that warns, and external workers. */
export interface Crowd {
  readonly caller: Caller;
  /** Ends after `finish`. */
  work(): Promise<void>;
  /** Brings to its end what was begun, until nobody has completed a task for so many ms. */
  finish(patience: number): Promise<void>;
  /** Every case there is. */
  finals(): Promise<FinalCase[]>;
}

/** Publishes what the cases do, and brings everybody in. */
export async function gather(
  { nodes, bureau }: ClusterCity,
  { clients, leaves, remindEvery }: CrowdPlan,
  options: Omit<CallerOptions, 'reader'>,
): Promise<Crowd> {
  const { url } = nodes[0]!;
  const [starter, wang, sun, supervisor, system] = await Promise.all([
    signIn(url, 'designer-ding'),
    signIn(url, 'handler-wang'),
    signIn(url, 'handler-sun'),
    signIn(url, 'supervisor-feng'),
    signIn(url, 'integrator-wei'),
  ]);
  const models = [clusterModel(DEPARTMENT, bureau.host, remindEvery), surveyModel(), neighboursModel()];
  for (const model of [...models, sentryModel(DEPARTMENT)]) {
    const headers = { cookie: starter.cookie, 'content-type': 'application/xml' };
    const published = await fetch(`${url}/api/definitions`, { method: 'POST', headers, body: model });
    if (published.status !== 201) throw new Error(`a process was not published: ${await published.text()}`);
  }

  const caller = new Caller({ ...options, reader: starter });
  const everybody: AtWork[] = [
    new People(caller, { starter, handlers: [wang, sun], clients, leaves }),
    new Payments(caller, { starter, payer: system }),
    new Storms(caller, { starter, warner: supervisor, handler: wang }),
  ];
  const workers = new Workers(caller, system);
  let working: Promise<unknown> = Promise.resolve();
  return {
    caller,
    async work() {
      const done = workers.work();
      working = Promise.all(everybody.map((each) => each.work()));
      await Promise.all([working, done]);
    },
    async finish(patience) {
      for (const each of everybody) each.rest();
      workers.takeCare();
      await working;
      const isTime = whileItGoesOn(caller, patience);
      await Promise.all(everybody.map((each) => each.finish(isTime)));
      workers.rest();
    },
    finals: async () => (await Promise.all(Object.keys(SHAPES).map((process) => finals(caller, process)))).flat(),
  };
}

/** All that is left is done within so many times the patience. */
const MOST_PATIENCE = 5;

/** Whether a task was completed within the last so many ms: a few people need their time for many tasks, but not for ever. */
function whileItGoesOn({ log }: Caller, patience: number): () => boolean {
  const begin = Date.now();
  const last = () => log.findLast((each) => each.verb === 'complete' && succeeded(each))?.answered ?? 0;
  return () => Date.now() < Math.min(Math.max(begin, last()) + patience, begin + MOST_PATIENCE * patience);
}
