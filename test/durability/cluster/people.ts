import { randomUUID } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import type { Exchange, FinalCase, HistoryEvent } from '../evidence.ts';
import { KEY } from './model.ts';

interface CaseView {
  id: string;
  status: string;
  variables: Record<string, unknown>;
  tasks: { id: string; element: string; status: string; assignee: { id: string } | null }[];
}

export interface Person {
  readonly id: string;
  readonly cookie: string;
}

export interface PeopleOptions {
  /** Where the nodes answer, or would. */
  readonly urls: readonly string[];
  readonly starter: Person;
  /** Of one department: they reach for the same tasks. */
  readonly handlers: readonly Person[];
  /** Every request and answer, as JSON lines; then every case as it stands at the end. */
  readonly logFile: string;
  /** Tasks that they do not touch, by element. */
  readonly leaves?: readonly string[] | undefined;
  /** How long they wait for an answer, ms. */
  readonly waitMs?: number | undefined;
  /** Draws from [0, 1). */
  readonly chance: () => number;
}

type Doing = Pick<Exchange, 'verb' | 'who' | 'key' | 'target' | 'data'> & {
  path: string;
  body: object;
  cookie: string;
};

/**
 * People at work on a city of nodes, over HTTP only. Each request goes to any node; one without an answer is sent again with
 * its key, to any node, until there is one; now and then a request is sent twice at once, or again after its answer.
 */
export class People {
  readonly log: Exchange[] = [];
  /** Reads that were refused or failed, in words. */
  readonly troubles: string[] = [];
  private readonly options: PeopleOptions;
  private readonly open = new Set<string>();
  private working = true;
  private left = false;

  constructor(options: PeopleOptions) {
    this.options = options;
  }

  count(verb: Exchange['verb']): number {
    return new Set(
      this.log
        .filter((each) => each.verb === verb && each.status >= 200 && each.status < 300)
        .map(({ key, sent }) => key ?? sent),
    ).size;
  }

  unanswered(): number {
    return this.log.filter(({ status }) => status === 0).length;
  }

  /** Until `rest`: cases are started and worked on, by several at once. */
  async work(clients: number): Promise<void> {
    await Promise.all(Array.from({ length: clients }, (_, client) => this.client(client)));
  }

  rest(): void {
    this.working = false;
  }

  /** The nodes are gone for good: whoever still waits for an answer gives up. */
  leave(): void {
    this.working = false;
    this.left = true;
  }

  /** Works until every case has ended, or for so many ms. */
  async finish(forMs: number): Promise<void> {
    const deadline = Date.now() + forMs;
    while (this.open.size > 0 && Date.now() < deadline) {
      for (const who of this.options.handlers)
        await Promise.all([...this.open].map((id) => this.attempt(() => this.workOn(id, who))));
      if (this.open.size > 0) await pause(200);
    }
  }

  /** Every case of the process there is, with its history: each from any node. */
  async finals(): Promise<FinalCase[]> {
    const cases: FinalCase[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const query: string = `definition=${KEY}&limit=100${cursor && `&cursor=${encodeURIComponent(cursor)}`}`;
      const page: { items: { id: string }[]; next: string | null } = await this.read(`/api/cases?${query}`);
      const read = await Promise.all(page.items.map(({ id }) => this.attempt(() => this.final(id))));
      cases.push(...read.filter((each) => each !== undefined));
      cursor = page.next;
    }
    return cases;
  }

  private async final(id: string): Promise<FinalCase> {
    const view = await this.read<CaseView>(`/api/cases/${id}`);
    const { items, verified } = await this.history(id);
    return {
      id,
      status: view.status,
      tasks: view.tasks.map(({ id, element, status, assignee }) => ({
        id,
        node: element,
        status,
        assignee: assignee?.id ?? null,
      })),
      history: items,
      variables: view.variables,
      verified,
    };
  }

  private async attempt<T>(work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      this.troubles.push((error as Error).message);
      return undefined;
    }
  }

  private handler(n: number): Person {
    return this.options.handlers[n % this.options.handlers.length]!;
  }

  private async client(n: number): Promise<void> {
    const { chance, starter } = this.options;
    while (this.working) {
      if (chance() < 0.3 || this.open.size === 0) {
        const data = { application: randomUUID() };
        const answer = await this.insist({
          verb: 'start',
          data,
          who: starter.id,
          cookie: starter.cookie,
          key: randomUUID(),
          path: '/api/cases',
          body: { definition: KEY, data },
        });
        if (answer.status === 201) this.open.add((answer.body as { id: string }).id);
      } else {
        const open = [...this.open];
        const id = open[Math.floor(chance() * open.length)]!;
        await this.attempt(() => this.workOn(id, this.handler(n)));
        if (chance() < 0.1) await this.look(id);
      }
    }
  }

  /** Claims what is open and completes what this person holds. */
  private async workOn(caseId: string, who: Person): Promise<void> {
    const view = await this.read<CaseView>(`/api/cases/${caseId}`);
    if (view.status !== 'active') this.open.delete(caseId);
    for (const task of view.tasks.filter(({ element }) => !this.options.leaves?.includes(element))) {
      if (task.status === 'open') {
        const claim = await this.insist(taskRequest('claim', task.id, who));
        if (claim.status !== 200) continue; // somebody else was first
      } else if (task.status !== 'claimed' || task.assignee?.id !== who.id) continue;
      await this.insist(taskRequest('complete', task.id, who, { [task.element]: randomUUID() }));
    }
  }

  private async look(caseId: string): Promise<void> {
    const { node, url } = this.anyNode();
    const sent = Date.now();
    const shown = await this.history(caseId, url).catch(() => undefined);
    if (!shown) return;
    const body = shown.items;
    this.remember({ sent, answered: Date.now(), node, who: '', verb: 'history', target: caseId, status: 200, body });
  }

  /** Sends until there is an answer; now and then twice at once, to two nodes. */
  private async insist(doing: Doing): Promise<Exchange> {
    for (;;) {
      const twice = this.options.chance() < 0.15 ? [this.send(doing), this.send(doing)] : [this.send(doing)];
      const answers = (await Promise.all(twice)).filter(({ status }) => status !== 0 && status !== 503);
      const answer = answers.find(({ status }) => status < 300) ?? answers[0];
      if (answer && this.options.chance() < 0.15) await this.send(doing); // as a client that did not get it
      if (answer) return answer;
      await this.waitABit();
    }
  }

  private get waitMs(): number {
    return this.options.waitMs ?? 30_000;
  }

  private async waitABit(): Promise<void> {
    if (this.left) throw new Error('the nodes are gone');
    await pause(30);
  }

  private async send({ path, body, cookie, ...doing }: Doing): Promise<Exchange> {
    const { node, url } = this.anyNode();
    const sent = Date.now();
    const answer = await request(url + path, cookie, this.waitMs, { body, key: doing.key! }).catch(() => undefined);
    const answered = { ...doing, node, sent, answered: Date.now(), status: answer?.status ?? 0 };
    return this.remember({ ...answered, ...(answer && { body: answer.body }) });
  }

  private anyNode(): { node: number; url: string } {
    const { urls, chance } = this.options;
    const node = Math.floor(chance() * urls.length);
    return { node, url: urls[node]! };
  }

  private remember(exchange: Exchange): Exchange {
    this.log.push(exchange);
    appendFileSync(this.options.logFile, `${JSON.stringify(exchange)}\n`);
    return exchange;
  }

  private async history(id: string, url?: string): Promise<{ items: HistoryEvent[]; verified: boolean }> {
    const items: HistoryEvent[] = [];
    let verified = true;
    for (let cursor: string | null = ''; cursor !== null;) {
      const query: string = `limit=100${cursor && `&cursor=${encodeURIComponent(cursor)}`}`;
      const page: { items: HistoryEvent[]; next: string | null; chain: { verified: boolean } } = await this.read(
        `/api/cases/${id}/history?${query}`,
        url,
      );
      items.push(...page.items);
      verified &&= page.chain.verified;
      cursor = page.next;
    }
    return { items, verified };
  }

  /** Asks until somebody answers; with `url` that node only, once. */
  private async read<T>(path: string, url?: string): Promise<T> {
    for (;;) {
      const answer = await request((url ?? this.anyNode().url) + path, this.options.starter.cookie, this.waitMs).catch(
        () => undefined,
      );
      if (answer?.status === 200) return answer.body as T;
      if (answer && answer.status !== 503)
        throw new Error(`${path} was answered ${answer.status} ${JSON.stringify(answer.body)}`);
      if (url !== undefined) throw new Error(`${url} is away`);
      await this.waitABit();
    }
  }
}

function taskRequest(verb: 'claim' | 'complete', task: string, { id, cookie }: Person, data?: Doing['data']): Doing {
  const body = verb === 'claim' ? {} : { data };
  return {
    ...(data && { data }),
    verb,
    who: id,
    cookie,
    key: randomUUID(),
    target: task,
    path: `/api/tasks/${task}/${verb}`,
    body,
  };
}

async function request(
  url: string,
  cookie: string,
  waitMs: number,
  post?: { body: object; key: string },
): Promise<{ status: number; body: unknown }> {
  const answer = await fetch(url, {
    headers: { cookie, 'content-type': 'application/json', ...(post && { 'idempotency-key': post.key }) },
    ...(post && { method: 'POST', body: JSON.stringify(post.body) }),
    signal: AbortSignal.timeout(waitMs),
  });
  return { status: answer.status, body: await answer.json() };
}

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));
