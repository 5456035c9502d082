import type { Server } from 'node:http';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { buildApp } from '../../../api/app.ts';
import { readConfig } from '../../../api/config.ts';
import { demoClock } from '../../../api/demo/demo-clock.ts';
import { demoTime } from '../../../api/demo/movable-clock.ts';
import { demoIntegratorToken } from '../../../api/demo/tokens.ts';
import type { House } from '../../../api/house.ts';
import { knownTokens } from '../../../api/http/known-tokens.ts';
import { createSessions } from '../../../api/http/sessions.ts';
import { addressOf, listen } from '../../../api/listen.ts';
import { liveChanges } from '../../../api/live/live-changes.ts';
import { noticeChannel } from '../../../api/notice-channel.ts';
import { addGauges } from '../../../api/operations/gauges.ts';
import { boardCounts } from '../../../api/operations/board-counts.ts';
import { longestOverdue } from '../../../api/operations/longest-overdue.ts';
import { createMetrics } from '../../../api/operations/metrics.ts';
import { createReadiness } from '../../../api/operations/readiness.ts';
import { createStopping } from '../../../api/operations/stopping.ts';
import {
  createEngine,
  movableClock,
  NO_PEERS,
  type Engine,
  type MovableClock,
  type PeerChanges,
} from '../../../engine/index.ts';
import type { Store } from '../../../engine/store/ports.ts';
import { memoryStore } from '../../../engine/store/memory/index.ts';
import { calendarSource, keptCalendars, readCalendarFiles } from '../../../processes/calendars/index.ts';
import { uploadedFiles } from '../../../processes/casework/index.ts';
import { loadDirectory } from '../../../processes/directory/index.ts';
import { houseFollowUps } from '../../../processes/follow-ups.ts';
import { at } from '../../support/office.ts';

export interface Answer {
  status: number;
  headers: Headers;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests read bodies of every shape
  body: any;
}

export interface Caller {
  get(path: string, headers?: Record<string, string>): Promise<Answer>;
  post(path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  put(path: string, body: unknown): Promise<Answer>;
  delete(path: string): Promise<Answer>;
  /** Any request; the body as it is. */
  send(path: string, init: RequestInit): Promise<Answer>;
}

export interface City {
  house: House;
  clock: MovableClock;
  address: string;
  nobody: Caller;
  /** Signed in by role card. */
  as(person: string): Caller;
  integratorToken: string;
  /** Publishes a process and forms as the designer. */
  publish(xml: string, forms?: unknown[]): Promise<Answer>;
}

const open: { server: Server; folder: string }[] = [];

/** The demo city's server on a port of its own, over the memory store (or another) and a fake clock (Monday 2 March 2026, 09:00). */
export async function openCity(
  environment: Record<string, string> = {},
  peers: PeerChanges = NO_PEERS,
  kept: Store = memoryStore(),
): Promise<City> {
  const folder = mkdtempSync(join(tmpdir(), 'onevisit-api-'));
  const config = readConfig({
    PORT: '0',
    ONEVISIT_DATA: folder,
    ONEVISIT_STRICT: '1',
    LOG_LEVEL: 'silent',
    ...environment,
  });
  const clock = movableClock(at('2026-03-02'));
  const demo = config.mode === 'demo' ? demoClock(clock) : undefined;
  const houseClock = demo ?? clock;
  const metrics = createMetrics();
  const store = metrics.measured(kept);
  const keptNotices = await keptCalendars(store, readCalendarFiles({ demo: config.mode === 'demo' }));
  const calendar = calendarSource(keptNotices, config.region, () => houseClock.now());
  const directory = loadDirectory(config.directory);
  const engine: Engine = createEngine({
    store,
    clock: houseClock,
    calendar,
    watch: metrics.jobs,
    followUps: houseFollowUps({
      directory,
      channel: noticeChannel(config, store),
      calendarOf: (version) => keptNotices.current().ofVersion(version)?.calendar,
      supervision: () => ({ engine, directory, calendar: calendar.current(), region: config.region }),
    }),
  });
  const stopping = createStopping();
  const live = liveChanges({ engine, store, peers, onError: (error) => process.emitWarning(error as Error) });
  const house: House = {
    engine,
    store,
    directory,
    get calendar() {
      return calendar.current();
    },
    get calendars() {
      return keptNotices.current();
    },
    keptCalendars: keptNotices,
    ...(demo && {
      demoTime: demoTime({
        engine,
        clock: demo,
        calendar: calendar.current,
        shared: config.mongodbUri !== undefined,
        onMoved: live.lookAgain,
      }),
    }),
    config,
    log: pino({ level: 'silent' }),
    region: config.region,
    files: uploadedFiles({ store, clock: houseClock, folder: join(folder, 'files') }),
    sessions: createSessions(Buffer.from('a secret of this test'), clock),
    tokens: knownTokens(store),
    live,
    queue: () => 'in-process',
    uiBuild: () => 'building',
    readiness: createReadiness({ store, stopping, queue: () => 'in-process', failing: () => false }),
    stopping,
    metrics,
    boardCounts: boardCounts(store, () => houseClock.now()),
    longestOverdue: longestOverdue(store, () => houseClock.now()),
  };
  addGauges(metrics, { store, engine, queue: () => 'in-process' });
  const port = await listen(buildApp(house, join(folder, 'ui')).callback(), config);
  open.push({ server: port.server, folder });
  const address = addressOf(port);
  const as = (person: string) => callerOf(address, { cookie: `onevisit_session=${house.sessions.sign(person)}` });
  return {
    house,
    clock,
    address,
    nobody: callerOf(address, {}),
    as,
    integratorToken: await demoIntegratorToken(house),
    publish(xml, forms = []) {
      const form = new FormData();
      form.set('file', new Blob([xml], { type: 'application/xml' }), '流程.bpmn');
      for (const each of forms)
        form.append('forms', new Blob([JSON.stringify(each)], { type: 'application/json' }), '表单.json');
      return as('designer-ding').send('/definitions', { method: 'POST', body: form });
    },
  };
}

/** For `afterAll`: closes every server a test opened. */
export async function closeCities(): Promise<void> {
  for (const { server, folder } of open.splice(0)) {
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
    rmSync(folder, { recursive: true, force: true });
  }
}

export function callerOf(address: string, always: Record<string, string>): Caller {
  const send = async (path: string, init: RequestInit): Promise<Answer> => {
    const response = await fetch(`${address}/api${path}`, {
      ...init,
      headers: { ...always, ...(init.headers as object) },
    });
    const text = await response.text();
    const json = /json/.test(response.headers.get('content-type') ?? '');
    return { status: response.status, headers: response.headers, body: json && text ? JSON.parse(text) : text };
  };
  return {
    send,
    get: (path, headers = {}) => send(path, { headers }),
    post: (path, body, headers = {}) =>
      send(path, {
        method: 'POST',
        headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
        body: body === undefined ? undefined : JSON.stringify(body),
      }),
    put: (path, body) =>
      send(path, { method: 'PUT', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    delete: (path) => send(path, { method: 'DELETE' }),
  };
}
