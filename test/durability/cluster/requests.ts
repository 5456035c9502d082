import { randomUUID } from 'node:crypto';
import type { Doing, Person } from './caller.ts';

/** Each with a key of its own. */
export function startRequest(definition: string, by: Person, data: Doing['data']): Doing {
  return { verb: 'start', by, key: randomUUID(), path: '/api/cases', body: { definition, data }, data };
}

export function taskRequest(verb: 'claim' | 'complete', task: string, by: Person, data?: Doing['data']): Doing {
  const body = verb === 'claim' ? {} : { data };
  return { verb, by, key: randomUUID(), target: task, path: `/api/tasks/${task}/${verb}`, body, ...(data && { data }) };
}

/** To all cases that wait for it. */
export function signalRequest(name: string, by: Person, variables: Doing['data']): Doing {
  return { verb: 'signal', by, key: randomUUID(), path: '/api/signals', body: { name, variables }, data: variables };
}

/** To one case that waits for name and key; with a time to live it may come before the case waits. */
export function messageRequest(
  message: { name: string; key: string; variables: Doing['data']; timeToLive?: string },
  by: Person,
): Doing {
  const data = message.variables;
  return { verb: 'message', by, key: randomUUID(), path: '/api/messages', body: message, data };
}
