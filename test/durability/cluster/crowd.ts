import { succeeded, type FinalCase } from '../evidence.ts';
import type { Lists } from '../shown.ts';
import type { AtWork } from './at-work.ts';
import { Caller, type CallerOptions } from './caller.ts';
import type { ClusterCity } from './city.ts';
import { ask, signIn } from './client.ts';
import { consultedModel } from './consulted.ts';
import { finals } from './finals.ts';
import { licenceModel } from './licence.ts';
import { Latecomers } from './latecomers.ts';
import { Licences } from './licences.ts';
import { clusterModel } from './model.ts';
import { lists } from './lists.ts';
import { neighboursModel, surveyModel } from './neighbours.ts';
import { openAtAllHours } from './open-at-all-hours.ts';
import { overdueModel } from './overdue.ts';
import { Pairs } from './pairs.ts';
import { Payments } from './payments.ts';
import { Office } from './office.ts';
import { People } from './people.ts';
import { Publishers } from './publishers.ts';
import { sentBackModel } from './sent-back.ts';
import { sentryModel } from './sentry.ts';
import { SHAPES } from './shapes.ts';
import { Storms } from './storms.ts';
import { withdrawnModel } from './withdrawn.ts';
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
  /** What the house shows beside them. */
  lists(): Promise<Lists>;
}

/** Publishes what the cases do, and brings everybody in. */
export async function gather(
  { nodes, bureau }: ClusterCity,
  { clients, leaves, remindEvery }: CrowdPlan,
  options: Omit<CallerOptions, 'reader'>,
): Promise<Crowd> {
  const { url } = nodes[0]!;
  const [starter, wang, sun, supervisor, system, applicant, head] = await Promise.all([
    signIn(url, 'designer-ding'),
    signIn(url, 'handler-wang'),
    signIn(url, 'handler-sun'),
    signIn(url, 'supervisor-feng'),
    signIn(url, 'integrator-wei'),
    signIn(url, 'applicant-chen'),
    signIn(url, 'head-he'),
  ]);
  const prepare = async (path: string, body: object | string) => {
    const answer = await ask(`${url}${path}`, starter, body);
    if (answer.status !== 201) throw new Error(`${path} was answered ${answer.status} ${JSON.stringify(answer.body)}`);
  };
  for (const notice of openAtAllHours(Date.now())) await prepare('/api/calendars/notices', { notice });
  const models = [clusterModel(DEPARTMENT, bureau.host, remindEvery), surveyModel(), neighboursModel()];
  const ofOffices = [sentryModel, licenceModel, overdueModel, withdrawnModel, sentBackModel, consultedModel].map(
    (model) => model(DEPARTMENT),
  );
  for (const model of [...models, ...ofOffices]) await prepare('/api/definitions', model);

  const caller = new Caller({ ...options, reader: supervisor });
  const publishers = new Publishers(caller, { designer: starter, department: DEPARTMENT });
  const offices = { applicant, handler: wang, colleague: sun, head, supervisor, designer: starter, publishers };
  const office = new Office(caller);
  const everybody: AtWork[] = [
    new People(caller, { starter, handlers: [wang, sun], clients, leaves }),
    new Payments(caller, { starter, payer: system }),
    new Storms(caller, { starter, warner: supervisor, handler: wang }),
    new Latecomers(caller, { starter, handler: wang }),
    publishers,
    new Licences(office, offices),
    new Pairs(office, offices),
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
    lists: () => lists(caller),
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
