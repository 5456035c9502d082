import { appendFileSync } from 'node:fs';
import { succeeded, type Exchange, type HistoryEvent } from '../evidence.ts';
import { pause } from './faults/fault.ts';

export interface Person {
  readonly id: string;
  readonly cookie: string;
}

export interface CallerOptions {
  /** Where the nodes answer, or would. */
  readonly urls: readonly string[];
  /** Who reads. */
  readonly reader: Person;
  /** Every request and answer, as JSON lines; then the errors of nodes and every case as it stands at the end. */
  readonly logFile: string;
  /** How long an answer is waited for, ms. */
  readonly waitMs?: number | undefined;
  /** Draws from [0, 1). */
  readonly chance: () => number;
}

interface Page {
  readonly next: string | null;
}

interface HistoryPage extends Page {
  readonly items: readonly HistoryEvent[];
  readonly chain: { readonly verified: boolean };
}

/** What somebody asks for. */
export interface Doing extends Pick<Exchange, 'verb' | 'key' | 'target' | 'data' | 'fence'> {
  readonly by: Person;
  /** Who acts, where it is not the person: a worker. */
  readonly who?: string;
  readonly path: string;
  /** A text is XML. */
  readonly body: object | FormData | string;
}

/**
 * The way to a city of nodes, over HTTP only. Each request goes to any node; one without an answer is sent again with its
 * key, to any node, until there is one; now and then a request is sent twice at once, or again after its answer.
 */
export class Caller {
  readonly log: Exchange[] = [];
  /** Reads that were refused or failed, in words. */
  readonly troubles: string[] = [];
  readonly chance: () => number;
  private readonly options: CallerOptions;
  private left = false;

  constructor(options: CallerOptions) {
    this.options = options;
    this.chance = options.chance;
  }

  count(verb: Exchange['verb']): number {
    const done = this.log.filter((each) => each.verb === verb && succeeded(each));
    return new Set(done.map(({ key, sent }) => key ?? sent)).size;
  }

  unanswered(): number {
    return this.log.filter(({ status }) => status === 0).length;
  }

  /** The nodes are gone for good: whoever still waits for an answer gives up. */
  leave(): void {
    this.left = true;
  }

  /** What fails is said among the troubles. */
  async attempt<T>(work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      this.troubles.push((error as Error).message);
      return undefined;
    }
  }

  /** Sends until there is an answer; now and then twice at once, to two nodes. */
  async insist(doing: Doing): Promise<Exchange> {
    for (;;) {
      const twice = this.chance() < 0.15 ? [this.send(doing), this.send(doing)] : [this.send(doing)];
      const answers = (await Promise.all(twice)).filter(({ status }) => status !== 0 && status !== 503);
      // as a client that did not get it
      if (answers.length > 0 && this.chance() < 0.15) answers.push(await this.send(doing));
      const answer = answers.find(succeeded) ?? answers[0];
      if (answer) return answer;
      await this.waitABit();
    }
  }

  /** Sends once, to any node. */
  async send({ path, body, by, who = by.id, ...doing }: Doing): Promise<Exchange> {
    const { node, url } = this.anyNode();
    const sent = Date.now();
    const post = { body, key: doing.key };
    const answer = await request(url + path, by.cookie, this.waitMs, post).catch(() => undefined);
    const answered = { ...doing, who, node, sent, answered: Date.now(), status: answer?.status ?? 0 };
    return this.remember({ ...answered, ...(answer && { body: answer.body }) });
  }

  /** Reads the history of a case from one node, and remembers what it showed. */
  async look(caseId: string): Promise<void> {
    const { node, url } = this.anyNode();
    const sent = Date.now();
    const shown = await this.history(caseId, url).catch(() => undefined);
    if (!shown) return;
    const body = shown.items;
    this.remember({ sent, answered: Date.now(), node, who: '', verb: 'history', target: caseId, status: 200, body });
  }

  async history(id: string, url?: string): Promise<{ items: HistoryEvent[]; verified: boolean }> {
    const items: HistoryEvent[] = [];
    let verified = true;
    for await (const page of this.pages<HistoryPage>(`/api/cases/${id}/history?limit=100`, url)) {
      items.push(...page.items);
      verified &&= page.chain.verified;
    }
    return { items, verified };
  }

  /** The pages of a list, one after the other; the path has a query. */
  async *pages<P extends Page>(path: string, url?: string): AsyncGenerator<P> {
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: P = await this.read<P>(`${path}${cursor && `&cursor=${encodeURIComponent(cursor)}`}`, url);
      yield page;
      cursor = page.next;
    }
  }

  /** Asks until somebody answers; with `url` that node only, once. */
  async read<T>(path: string, url?: string): Promise<T> {
    for (;;) {
      const answer = await request((url ?? this.anyNode().url) + path, this.options.reader.cookie, this.waitMs).catch(
        () => undefined,
      );
      if (answer?.status === 200) return answer.body as T;
      if (answer && answer.status !== 503)
        throw new Error(`${path} was answered ${answer.status} ${JSON.stringify(answer.body)}`);
      if (url !== undefined) throw new Error(`${url} is away`);
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

  private anyNode(): { node: number; url: string } {
    const { urls } = this.options;
    const node = Math.floor(this.chance() * urls.length);
    return { node, url: urls[node]! };
  }

  private remember(exchange: Exchange): Exchange {
    this.log.push(exchange);
    appendFileSync(this.options.logFile, `${JSON.stringify(exchange)}\n`);
    return exchange;
  }
}

async function request(
  url: string,
  cookie: string,
  waitMs: number,
  post?: { body: Doing['body']; key: string | undefined },
): Promise<{ status: number; body: unknown }> {
  const { headers, ...sent } = post ? sentAs(post.body) : { headers: {} };
  const answer = await fetch(url, {
    headers: { cookie, ...headers, ...(post?.key && { 'idempotency-key': post.key }) },
    ...(post && { method: 'POST', ...sent }),
    signal: AbortSignal.timeout(waitMs),
  });
  const text = await answer.text();
  if (!/json/.test(answer.headers.get('content-type') ?? '')) return { status: answer.status, body: text || undefined };
  return { status: answer.status, body: JSON.parse(text) };
}

function sentAs(body: Doing['body']): { headers: Record<string, string>; body: string | FormData } {
  if (body instanceof FormData) return { headers: {}, body };
  const isText = typeof body === 'string';
  const type = `application/${isText ? 'xml' : 'json'}`;
  return { headers: { 'content-type': type }, body: isText ? body : JSON.stringify(body) };
}
