import { randomUUID } from 'node:crypto';

export interface TaskView {
  id: string;
  status: string;
  assignee: { id: string } | null;
}

interface CaseView {
  id: string;
  status: string;
  tasks: TaskView[];
}

interface HistoryPage {
  items: { seq: number; type: string; node: { id: string } | null; token?: string | null }[];
  next: string | null;
  chain: { verified: boolean };
}

interface Request {
  verb: 'start' | 'claim' | 'complete';
  path: string;
  body: string;
  key: string;
  cookie: string;
}

interface Answer {
  status: number;
  body: unknown;
}

/** Clients that start, claim and complete over HTTP, remember every answer, and later check that all of it is still true. */
export class Load {
  private readonly url: string;
  private readonly handler: { cookie: string; id: string };
  private readonly starter: { cookie: string };
  private readonly cases = new Set<string>();
  private readonly claimed = new Set<string>();
  private readonly completed = new Set<string>();
  private unanswered: Request[] = [];
  private fresh: string[] = [];
  private down = false;

  constructor(url: string, handler: { cookie: string; id: string }, starter: { cookie: string }) {
    this.url = url;
    this.handler = handler;
    this.starter = starter;
  }

  counts(): string {
    return `${this.cases.size} starts, ${this.claimed.size} claims, ${this.completed.size} completions`;
  }

  /** Runs until the server is gone. */
  async run(clients: number): Promise<void> {
    this.down = false;
    await Promise.all(Array.from({ length: clients }, () => this.client()));
  }

  private async client(): Promise<void> {
    while (!this.down) {
      const started = await this.send({
        verb: 'start',
        path: '/api/cases',
        body: JSON.stringify({ definition: 'crash', data: {} }),
        key: randomUUID(),
        cookie: this.starter.cookie,
      });
      if (started) await this.workOn((started.body as CaseView).id, 3);
    }
  }

  /** Claims and completes up to `most` tasks of a case. */
  private async workOn(caseId: string, most: number): Promise<void> {
    const view = await this.read<CaseView>(`/api/cases/${caseId}`);
    for (const task of (view?.tasks ?? [])
      .filter(({ status }) => status === 'open' || status === 'claimed')
      .slice(0, most)) {
      if (task.status === 'open' && !(await this.send(this.request('claim', task.id)))) return;
      if (!(await this.send(this.request('complete', task.id)))) return;
    }
  }

  private request(verb: 'claim' | 'complete', taskId: string): Request {
    return {
      verb,
      path: `/api/tasks/${taskId}/${verb}`,
      body: verb === 'claim' ? '{}' : '{"data":{}}',
      key: randomUUID(),
      cookie: this.handler.cookie,
    };
  }

  /** The answer, or undefined when the server went away before it came. */
  private async send(request: Request): Promise<Answer | undefined> {
    let answer: Response;
    let body: unknown;
    try {
      answer = await fetch(this.url + request.path, {
        method: 'POST',
        headers: { cookie: request.cookie, 'content-type': 'application/json', 'idempotency-key': request.key },
        body: request.body,
      });
      body = await answer.json();
    } catch {
      this.down = true;
      this.unanswered.push(request);
      return undefined;
    }
    if (answer.status >= 300)
      throw new Error(`${request.verb} ${request.path}: ${answer.status} ${JSON.stringify(body)}`);
    this.remember(request, body);
    return { status: answer.status, body };
  }

  private remember({ verb, path }: Request, body: unknown): void {
    const id = verb === 'start' ? (body as CaseView).id : path.split('/')[3]!;
    if (verb === 'start') this.cases.add(id);
    else (verb === 'claim' ? this.claimed : this.completed).add(id);
    this.fresh.push(id);
  }

  /** What got no answer is sent again with its key: done once, whether it had been done before the kill or not. */
  async retryUnanswered(): Promise<void> {
    this.down = false;
    const again = this.unanswered;
    this.unanswered = [];
    for (const request of again)
      if (!(await this.send(request))) throw new Error('the server went away while retrying');
  }

  /** Everything acknowledged since the last look is still there. */
  async verifySince(): Promise<void> {
    for (const id of this.fresh) {
      if (this.cases.has(id)) {
        if (!(await this.read(`/api/cases/${id}`))) throw new Error(`case ${id} was acknowledged and is lost`);
        continue;
      }
      const task = await this.read<TaskView>(`/api/tasks/${id}`);
      const wanted = this.completed.has(id) ? 'completed' : 'claimed';
      if (task?.status !== wanted || task.assignee?.id !== this.handler.id)
        throw new Error(`task ${id} was ${wanted}, now ${JSON.stringify(task)}`);
    }
    this.fresh = [];
  }

  async finishAll(): Promise<void> {
    for (const id of this.cases) for (let round = 0; round < 4; round++) await this.workOn(id, 10);
  }

  async verifyAll(): Promise<{ problems: string[]; cases: number; events: number }> {
    const problems: string[] = [];
    let events = 0;
    for (const id of this.cases) {
      const view = await this.read<CaseView>(`/api/cases/${id}`);
      if (view?.status !== 'completed') problems.push(`case ${id} is ${view?.status}`);
      const history = await this.history(id);
      events += history.items.length;
      if (!history.verified) problems.push(`history of ${id} does not verify`);
      history.items.forEach(
        (event, index) => event.seq === index + 1 || problems.push(`history of ${id} has a gap at ${index + 1}`),
      );
      const completions = history.items.filter(({ type }) => type === 'task.completed').map(({ node }) => node?.id);
      if (completions.sort().join() !== 'a,b,c,last') problems.push(`case ${id} completed ${completions.join()}`);
    }
    return { problems, cases: this.cases.size, events };
  }

  private async history(id: string): Promise<{ items: HistoryPage['items']; verified: boolean }> {
    const items: HistoryPage['items'] = [];
    let verified = true;
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: HistoryPage = (await this.read<HistoryPage>(
        `/api/cases/${id}/history?limit=100${cursor && `&cursor=${encodeURIComponent(cursor)}`}`,
      ))!;
      items.push(...page.items);
      verified &&= page.chain.verified;
      cursor = page.next;
    }
    return { items, verified };
  }

  private async read<T>(path: string): Promise<T | undefined> {
    try {
      const answer = await fetch(this.url + path, { headers: { cookie: this.handler.cookie } });
      return answer.ok ? ((await answer.json()) as T) : undefined;
    } catch {
      this.down = true;
      return undefined;
    }
  }
}
