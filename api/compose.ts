import { join } from 'node:path';
import { pino } from 'pino';
import { createEngine, httpConnector, inProcessWakeUp, NO_PEERS, pollingPeers, systemClock } from '../engine/index.ts';
import type { Clock, Engine, PeerChanges, WakeUp } from '../engine/index.ts';
import { makeFolder } from '../engine/kernel/folders.ts';
import type { BullOptions } from '../engine/jobs/bull/index.ts';
import type { MongoOptions } from '../engine/store/mongo/index.ts';
import type { Store } from '../engine/store/ports.ts';
import { calendarSource, keptCalendars, readCalendarFiles } from '../processes/calendars/index.ts';
import { uploadedFiles } from '../processes/casework/index.ts';
import { dataFolder } from '../processes/data-folder.ts';
import { loadDirectory } from '../processes/directory/index.ts';
import { houseFollowUps } from '../processes/follow-ups.ts';
import { serveBackups } from './backup/socket.ts';
import { buildApp } from './app.ts';
import type { Config } from './config.ts';
import { refuseDemoCity } from './demo/refuse-demo-city.ts';
import { demoClock, type DemoClock } from './demo/demo-clock.ts';
import { demoTime, keptTime } from './demo/movable-clock.ts';
import { seedDemoCity } from './demo/seed.ts';
import { demoIntegratorToken } from './demo/tokens.ts';
import type { House } from './house.ts';
import { tokenDocuments } from './http/api-tokens.ts';
import { knownTokens } from './http/known-tokens.ts';
import { createSessions, sessionSecret } from './http/sessions.ts';
import { addressOf, listen } from './listen.ts';
import { liveChanges } from './live/live-changes.ts';
import { noticeChannel } from './notice-channel.ts';
import { openEmbeddedStore } from './open-store.ts';
import { addGauges } from './operations/gauges.ts';
import { boardCounts } from './operations/board-counts.ts';
import { longestOverdue } from './operations/longest-overdue.ts';
import { createMetrics } from './operations/metrics.ts';
import { watchOutage } from './operations/outage.ts';
import { createReadiness, type QueueState } from './operations/readiness.ts';
import { createStopping } from './operations/stopping.ts';
import { recountAtStart } from './recount-at-start.ts';
import { spaceOf } from './space.ts';
import { stopNode } from './stop.ts';
import { sweepUploads } from './sweep-uploads.ts';
import { readUiBuild } from './ui/build-state.ts';
import { serveTokens } from './tokens/socket.ts';
import { watchOthers } from './watch-others.ts';

export interface Running {
  readonly house: House;
  /** Where it answers, for example http://127.0.0.1:3000 */
  readonly address: string;
  readonly demo?: { readonly seeded: number; readonly integratorToken: string };
  stop(): Promise<void>;
}

/** The only wiring: reads top to bottom from the store to the open port. */
export async function startServer(config: Config): Promise<Running> {
  await makeDataFolder(config);
  const log = pino({ level: config.logLevel });
  const metrics = createMetrics({ process: true });
  const shipped = readCalendarFiles({ demo: config.mode === 'demo' });
  const directory = loadDirectory(config.directory);
  const outage = watchOutage(log);
  const trouble = (about: string) => (error: unknown) => outage.report(error, () => log.error({ err: error }, about));
  let clockIsWrong = false;
  const {
    store: plain,
    polling,
    clock: common,
  } = await openStore(config, {
    onError: trouble('store'),
    onDrift(aheadMs, wrong) {
      clockIsWrong = wrong;
      const ahead = { aheadSeconds: aheadMs / 1_000 };
      if (wrong) log.warn(ahead, 'the clock of this machine is wrong: this node goes by the clock of the database');
      else log.warn(ahead, 'the clock of this machine is right again');
    },
  });
  const store = metrics.measured(plain, outage.told);
  // real time in production: nothing there can move it
  const movable = config.mode === 'demo' ? demoClock(common, await keptTime(plain)) : undefined;
  const clock: Clock = movable ?? common;
  let queueState: QueueState = config.redisUrl === undefined ? 'in-process' : 'answers';
  const wakeUp = await openWakeUp(config, {
    clock,
    clockIsWrong: () => clockIsWrong,
    onOutage(error) {
      queueState = error ? 'away' : 'answers';
      if (error) log.warn({ err: error }, 'Redis does not answer: this node finds its due work by itself');
      else log.warn('Redis answers again');
    },
  });
  const peers = await openPeers(config, polling);

  const stopping = createStopping();
  const shared = config.mongodbUri !== undefined;

  try {
    if (config.mode === 'production') await refuseDemoCity(store, directory);
    const kept = await keptCalendars(store, shipped);
    const calendar = calendarSource(kept, config.region, () => clock.now());
    const engine: Engine = createEngine({
      store,
      clock,
      calendar,
      wakeUp,
      connectors: { http: httpConnector({ allowedHosts: config.httpHosts }) },
      followUps: houseFollowUps({
        directory,
        channel: noticeChannel(config, store),
        calendarOf: (version) => kept.current().ofVersion(version)?.calendar,
        supervision: () => ({ engine, directory, calendar: calendar.current(), region: config.region }),
      }),
      onError: (error, about, where) =>
        outage.report(error, () => log.error({ err: error, job: where?.job, caseId: where?.case }, about)),
      watch: metrics.jobs,
    });
    const uiFolder = dataFolder('admin-ui/dist');
    const live = liveChanges({ engine, store, peers, onError: trouble('live changes') });
    const time = movable && { engine, clock: movable, calendar: calendar.current, shared, onMoved: live.lookAgain };
    const house: House = {
      engine,
      store,
      directory,
      get calendar() {
        return calendar.current();
      },
      get calendars() {
        return kept.current();
      },
      keptCalendars: kept,
      ...(time && { demoTime: demoTime(time) }),
      config,
      log,
      region: config.region,
      files: uploadedFiles({ store, clock, folder: join(config.dataDir, 'files'), told: outage.told }),
      sessions: createSessions(await sessionSecret(store, config.secret), common),
      tokens: knownTokens(store),
      live,
      queue: () => wakeUp.description,
      uiBuild: () => readUiBuild(uiFolder).build,
      readiness: createReadiness({ store, stopping, queue: () => queueState, failing: outage.lasts }),
      stopping,
      metrics,
      boardCounts: boardCounts(store, () => clock.now()),
      longestOverdue: longestOverdue(store, () => clock.now()),
    };
    if (config.redisUrl !== undefined)
      peers.listen({ changed: (change) => engine.writtenElsewhere(change), missed: () => undefined });
    addGauges(metrics, { store, engine, queue: () => queueState });

    const demo = movable && (await openDemo(movable));
    const port = await listen(buildApp(house, uiFolder).callback(), config);
    engine.start({ jobs: config.roles.includes('worker') });
    await recountAtStart(engine, kept.inForce(config.region, clock.now()));
    house.demoTime?.resume().catch(trouble('the clock of the demo'));
    // an embedded store has no other nodes
    const watching = shared
      ? [
          watchOthers(() => kept.refresh(), trouble('calendars')),
          watchOthers(() => house.tokens.refresh(), trouble('API tokens')),
        ]
      : [];
    if (config.roles.includes('api')) {
      const told = (swept: number) => log.info({ swept }, 'removed what uploads left that were cut off');
      watching.push(sweepUploads(house.files, { clock: common, told, onError: trouble('uploaded files') }));
    }
    const patience = { drainMs: config.drainSeconds * 1_000, patienceMs: config.stopSeconds * 1_000 };
    return {
      house,
      address: addressOf(port),
      ...(demo && { demo }),
      stop: () => {
        for (const unwatch of watching) unwatch();
        return stopNode({ port, engine, peers, store, stopping }, patience);
      },
    };

    async function openDemo(clock: DemoClock) {
      const seeded = await seedDemoCity({ ...house, clock, shared });
      return { seeded, integratorToken: await demoIntegratorToken(house) };
    }
  } catch (error) {
    await peers.stop();
    await store.close();
    throw error;
  }
}

/** For the embedded store, and for what is uploaded to a node that takes requests. */
async function makeDataFolder({ roles, dataDir }: Config): Promise<void> {
  if (!roles.includes('api')) return;
  await makeFolder(dataDir).catch((error: unknown) => {
    throw new Error(`ONEVISIT_DATA: expected a folder, but ${dataDir} cannot be made (${(error as Error).message})`);
  });
}

/**
 * Only the driver that is used is loaded. `polling`: how to hear of other nodes by asking the store. `clock`: what all
 * nodes of the store have in common.
 */
async function openStore(
  { mongodbUri, dataDir }: Config,
  { onError, onDrift }: Pick<MongoOptions, 'onDrift'> & { onError: (error: unknown) => void },
): Promise<{ store: Store; polling: PeerChanges; clock: Clock }> {
  if (mongodbUri !== undefined) {
    const { openMongoStore } = await import('../engine/store/mongo/index.ts');
    const store = await openMongoStore({ uri: mongodbUri, onError, onDrift });
    const { clock, listChanges } = store;
    return { store, clock, polling: pollingPeers({ listChanges, clock, onError }) };
  }
  const store = await openEmbeddedStore(dataDir);
  const backups = await serveBackups(dataDir, store).catch(onError);
  const tokens = await serveTokens(dataDir, tokenDocuments(store)).catch(onError);
  const close = async () => {
    backups?.close();
    tokens?.close();
    await store.close();
  };
  return { store: { ...store, close }, clock: systemClock, polling: NO_PEERS };
}

/** Redis spreads the hints over the nodes; without it each node wakes itself. */
async function openWakeUp(config: Config, options: Omit<BullOptions, 'url' | 'space'>): Promise<WakeUp> {
  if (config.redisUrl === undefined) return inProcessWakeUp(options.clock);
  const { bullWakeUp } = await import('../engine/jobs/bull/index.ts');
  return bullWakeUp({ ...options, url: config.redisUrl, space: spaceOf(config) });
}

/** With Redis, other nodes are heard of at once. */
async function openPeers(config: Config, polling: PeerChanges): Promise<PeerChanges> {
  if (config.redisUrl === undefined) return polling;
  const { redisPeers } = await import('../engine/peers/redis/index.ts');
  return redisPeers({ url: config.redisUrl, space: spaceOf(config), meanwhile: polling });
}
