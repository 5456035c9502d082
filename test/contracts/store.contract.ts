import { afterEach, describe } from '@jest/globals';
import type { Store } from '../../engine/store/ports.ts';
import { closeStores, track } from '../support/stores.ts';
import { caseListsContract } from './store/case-lists.ts';
import { closeContract } from './store/close.ts';
import { commitContract } from './store/commit.ts';
import { definitionsContract } from './store/definitions.ts';
import { eventsContract } from './store/events.ts';
import { jobsContract } from './store/jobs.ts';
import { messagesContract } from './store/messages.ts';
import { recordsContract } from './store/records.ts';
import { taskListsContract } from './store/task-lists.ts';
import { waitingContract } from './store/waiting.ts';

const PARTS = [
  commitContract,
  eventsContract,
  taskListsContract,
  caseListsContract,
  jobsContract,
  waitingContract,
  messagesContract,
  definitionsContract,
  recordsContract,
  closeContract,
];

/**
 * What every store promises. Each test gets a fresh, empty store.
 */
export function storeContract(name: string, open: () => Promise<Store>): void {
  describe(`store contract: ${name}`, () => {
    afterEach(closeStores);
    for (const part of PARTS) part(async () => track(await open()));
  });
}
