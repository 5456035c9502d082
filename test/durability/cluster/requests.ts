import { randomUUID } from 'node:crypto';
import type { Doing, Person } from './caller.ts';

/** Each with a key of its own. */
export function startRequest(definition: string, by: Person, data: Doing['data']): Doing {
  return { verb: 'start', by, key: randomUUID(), path: '/api/cases', body: { definition, data }, data };
}

export function taskRequest(
  verb: 'claim' | 'unclaim' | 'complete',
  task: string,
  by: Person,
  data?: Doing['data'],
): Doing {
  const body = verb === 'complete' ? { data } : {};
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

/** A text, as a file. */
export function uploadRequest(content: string, by: Person): Doing {
  const body = new FormData();
  body.set('file', new Blob([content], { type: 'text/plain' }), 'material.txt');
  return { verb: 'upload', by, key: randomUUID(), path: '/api/files', body, data: { content } };
}

/** Of a process with this name. */
export function publishRequest(name: string, model: string, by: Person): Doing {
  return { verb: 'publish', by, key: randomUUID(), path: '/api/definitions', body: model, data: { name } };
}

export function noticeRequest(notice: { readonly version: string }, by: Person): Doing {
  const { version } = notice;
  const path = '/api/calendars/notices';
  return { verb: 'calendar', by, key: randomUUID(), path, body: { notice }, data: { version } };
}
