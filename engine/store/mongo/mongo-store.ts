import { closedRejection } from '../refusals.ts';
import {
  countActiveCases,
  countCases,
  findCase,
  listCases,
  listChanges,
  listEvents,
  listOverdueCases,
} from './case-queries.ts';
import { commitCase } from './commit.ts';
import { addDefinition, commitRecords } from './commit-records.ts';
import { findDefinition, latestDefinition, listDefinitions } from './definitions.ts';
import { refusalOf } from './errors.ts';
import { claimDueJobs, findJob, nextJobAt, rescheduleJob } from './jobs.ts';
import type { MongoStore } from './open.ts';
import {
  addReceipt,
  findDocuments,
  findReceipt,
  getDocument,
  listDocuments,
  nextNumber,
  putDocument,
} from './records.ts';
import type { Session } from './session.ts';
import { countLights, findTask, listTasks, listTasksOfCase } from './task-queries.ts';
import { findIncident, findMessage, findSubscriptions, listIncidents } from './waiting-queries.ts';
import { within } from './within.ts';

interface Frame {
  readonly description: string;
  /** How long an operation may take, ms. */
  readonly patience: number;
  projectPending(): Promise<number>;
  close(): Promise<void>;
}

/** The operations, behind one door: closed is closed, only expected errors come out, and nobody waits for ever. */
export function mongoStore(session: Session, frame: Frame): MongoStore {
  let closing: Promise<void> | undefined;
  const underWay = new Set<Promise<unknown>>();

  async function guarded<R>(operation: () => Promise<R>): Promise<R> {
    if (closing) throw closedRejection();
    const work = operation();
    underWay.add(work);
    const ended = () => void underWay.delete(work);
    work.then(ended, ended);
    try {
      return await within(frame.patience, work);
    } catch (error) {
      throw refusalOf(error);
    }
  }

  const door =
    <A extends unknown[], R>(operation: (session: Session, ...args: A) => Promise<R>) =>
    (...args: A) =>
      guarded(async () => operation(session, ...args));

  return {
    description: frame.description,
    clock: session.clock,
    commit: door(commitCase),
    commitRecords: door(commitRecords),
    findCase: door(findCase),
    listCases: door(listCases),
    listOverdueCases: door(listOverdueCases),
    countActiveCases: door(countActiveCases),
    listEvents: door(listEvents),
    listChanges: door(listChanges),
    findTask: door(findTask),
    listTasks: door(listTasks),
    listTasksOfCase: door(listTasksOfCase),
    countLights: door(countLights),
    countCases: door(countCases),
    findJob: door(findJob),
    claimDueJobs: door(claimDueJobs),
    rescheduleJob: door(rescheduleJob),
    nextJobAt: door(nextJobAt),
    findSubscriptions: door(findSubscriptions),
    findMessage: door(findMessage),
    listIncidents: door(listIncidents),
    findIncident: door(findIncident),
    addDefinition: (definition, jobs, starts) => guarded(async () => addDefinition(session, definition, jobs, starts)),
    findDefinition: door(findDefinition),
    latestDefinition: door(latestDefinition),
    listDefinitions: door(listDefinitions),
    findReceipt: door(findReceipt),
    addReceipt: door(addReceipt),
    getDocument: door(getDocument),
    putDocument: door(putDocument),
    listDocuments: door(listDocuments),
    findDocuments: door(findDocuments),
    nextNumber: door(nextNumber),
    projectPending: () => guarded(frame.projectPending),
    close() {
      closing ??= Promise.allSettled([...underWay]).then(frame.close);
      return closing;
    },
  };
}
