import { Agent, request } from 'node:http';
import type { Person } from './caller.ts';

/** Connections stay open, so that two requests sent in one turn of the loop are on their way in the same millisecond. */
const agent = new Agent({ keepAlive: true, maxSockets: 256 });

export interface Answered {
  readonly status: number;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests read bodies of every shape
  readonly body: any;
  /** When it was sent and answered, ms. */
  readonly sent: number;
  readonly answered: number;
}

/** One request of a person to a node; with `body` a POST. Text that is no JSON is the body as it is. Rejects without an answer. */
export function ask(
  url: string,
  person: Person,
  body?: object | string,
  more: Record<string, string> = {},
): Promise<Answered> {
  const text = typeof body === 'object' ? JSON.stringify(body) : body;
  const headers = {
    cookie: person.cookie,
    ...(text !== undefined && {
      'content-type': typeof body === 'string' ? 'application/xml' : 'application/json',
      'content-length': Buffer.byteLength(text),
    }),
    ...more,
  };
  const sent = performance.timeOrigin + performance.now();
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { agent, method: text === undefined ? 'GET' : 'POST', headers }, (answer) => {
      let said = '';
      answer.setEncoding('utf8').on('data', (chunk: string) => (said += chunk));
      answer.on('error', reject).on('end', () => {
        const answered = performance.timeOrigin + performance.now();
        const isJson = /json/.test(answer.headers['content-type'] ?? '');
        resolve({ status: answer.statusCode!, body: isJson ? JSON.parse(said) : said, sent, answered });
      });
    });
    outgoing.on('error', reject).end(text);
  });
}

/** Signs a demo person in; the cookie is good on every node. */
export async function signIn(url: string, person: string): Promise<Person> {
  const answer = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ person }),
  });
  if (!answer.ok) throw new Error(`${person} cannot sign in: ${answer.status} ${await answer.text()}`);
  return { id: person, cookie: answer.headers.getSetCookie()[0]!.split(';')[0]! };
}

/** Does something for 0 … count - 1, so many at once. */
export async function inTurns(count: number, width: number, work: (index: number) => Promise<void>): Promise<void> {
  let next = 0;
  await Promise.all(
    Array.from({ length: width }, async () => {
      while (next < count) await work(next++);
    }),
  );
}
