import { describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import type { CaseRow } from '../../engine/index.ts';
import { isRejection } from '../../engine/kernel/rejection.ts';
import type { EventRow } from '../../engine/store/ports.ts';
import { loadCalendar } from '../../processes/calendars/index.ts';
import { bpmn, chain, flow } from '../support/bpmn.ts';
import { amended, hall, noticed, withDays, withOff, type Hall } from '../support/notice-hall.ts';
import { DESIGNER, WANG } from '../support/office.ts';
import { patience } from '../support/patience.ts';
import { tries } from '../support/test-store.ts';

jest.setTimeout(patience(120_000));

const HOUR = 3_600_000;
const CALENDARS = [
  loadCalendar(),
  noticed,
  amended,
  withOff('made-1', '08'),
  withOff('made-2', '04', '05', '06', '07', '08'),
  withDays('made-3', { off: ['01'], work: ['02', '03'] }),
  withDays('made-4', { off: ['01', '12', '13'], work: ['09'] }),
];

/**
 * Reviewed within the limit of the law and of the office by two, for one of them where need be once the applicant has supplemented
 * in a task; then a department is consulted whose silence is consent.
 */
const model = ({ review, first, second, more, consulted, result }: Limits) => {
  const silence = `ov:onOverdue="deemedConsent" ov:deemedBasis="某办法第二条" ov:deemedResult="${result}"`;
  return bpmn(
    `<startEvent id="s"/><userTask id="glance" ov:department="housing" ov:promise="${first}"/><exclusiveGateway id="g" default="g-review"/>
     <userTask id="more" ov:department="housing" ov:supplement="true" ov:promise="${more}"/>
     <userTask id="review" ov:department="housing" ov:milestone="accepted" ov:promise="${second}" ov:statutory="5"/>
     <parallelGateway id="both"/><userTask id="beside" ov:department="housing" ov:promise="${more}" ov:statutory="5"/>
     <userTask id="consult" ov:department="housing" ov:promise="${consulted}" ov:statutory="${consulted}" ${silence}/>
     <userTask id="look" ov:department="housing"/><endEvent id="e"/>
     ${chain('s', 'both', 'glance', 'g', 'review', 'consult', 'look', 'e')}${flow('both', 'beside')}${flow('beside', 'e')}${flow('g', 'more', 'asks')}${flow('more', 'review')}`,
    {
      id: 'permit',
      processAttrs: `ov:promise="9" ov:statutory="10" ov:statutoryBasis="某法第三条" ov:acceptance="${review}"`,
    },
  );
};
const CALLER = bpmn(
  `<startEvent id="s"/><callActivity id="call" calledElement="permit"/><endEvent id="e"/>${chain('s', 'call', 'e')}`,
  { id: 'caller', processAttrs: 'ov:promise="40"' },
);

interface Limits {
  review: number;
  first: number;
  second: number;
  more: number;
  consulted: number;
  result: string;
}

const days = fc.integer({ min: 1, max: 5 });
const limits: fc.Arbitrary<Limits> = fc.record({
  review: fc.integer({ min: 3, max: 5 }),
  first: days,
  second: days,
  more: days,
  consulted: days,
  result: fc.constantFrom('{ ok: true }', '[opinion]'),
});

const DEEDS = ['complete', 'completeBeside', 'ask', 'stop', 'goOn', 'stopCaller', 'callerGoesOn', 'migrate'] as const;
type Deed = { pass: number } | { away: number } | { notice: number } | { does: (typeof DEEDS)[number] };
const deeds: fc.Arbitrary<Deed[]> = fc.array(
  fc.oneof(
    fc.record({ pass: fc.oneof(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 30, max: 120 })) }),
    fc.record({ away: fc.integer({ min: 1, max: 48 }) }),
    fc.record({ notice: fc.nat({ max: CALENDARS.length - 1 }) }),
    fc.record({ does: fc.constantFrom(...DEEDS) }),
  ),
  { minLength: 4, maxLength: 18 },
);

const TEST = { reason: 'test' as const, note: '检测' };
const HOLD = { ...TEST, expectedDays: 10, notice: { number: '1' } };
const MISSING = { defects: [{ material: '图', problem: '缺少' }], limit: { value: 60, unit: 'workingDays' as const } };

/** What a desk does with a case, whatever comes of it. */
async function act(desk: Hall, id: string, does: (typeof DEEDS)[number]): Promise<void> {
  const { engine } = desk;
  const row = await engine.getCase(id);
  const isReviewed = row.clock?.phases?.now === 'acceptance';
  const caller = row.parent!.caseId;
  const node = (await desk.waiting(id)).at(-1)!;
  const doing = {
    complete: () => desk.complete(id, node, { asks: false }),
    completeBeside: async () => (await desk.waiting(id)).includes('beside') && desk.complete(id, 'beside'),
    ask: () => desk.complete(id, node, { asks: true }),
    stop: () =>
      isReviewed
        ? engine.noticeSupplement({ caseId: id, ...MISSING, again: '又发现' }, WANG)
        : engine.holdCase({ caseId: id, ...HOLD }, WANG),
    goOn: () =>
      isReviewed
        ? engine.answerSupplement({ caseId: id, note: '已补', files: [], variables: {} }, WANG)
        : engine.resumeCase({ caseId: id, ...TEST }, WANG),
    stopCaller: () => engine.holdCase({ caseId: caller, ...HOLD }, WANG),
    callerGoesOn: () => engine.resumeCase({ caseId: caller, ...TEST }, WANG),
    migrate: () => engine.migrateCase({ caseId: id, version: 3 - row.definitionVersion, reason: '修订流程' }, DESIGNER),
  };
  if (row.status !== 'active') return;
  try {
    await doing[does]();
  } catch (refusal) {
    if (!isRejection(refusal)) throw refusal;
  }
  await engine.runDueJobs();
}

/** Time passes by the hour: what is due in it comes in its hour. */
async function pass(desk: Hall, hours: number): Promise<void> {
  for (let hour = 0; hour < hours; hour++) await desk.pass(HOUR);
}

type Told = EventRow & { data: { dueAt?: number; statutoryAt?: number; since?: number; until?: number } };
const LATE = ['deadline.passed', 'deadline.statutory_passed'];

describe('whatever notices, holds and answers come, of every limit', () => {
  it('nobody is called late twice, nor within the time that they are left, and nobody never', async () => {
    await fc.assert(
      fc.asyncProperty(limits, limits, deeds, async (limited, revised, done) => {
        const desk = hall({ now: '2026-12-29' });
        desk.hang(noticed);
        for (const each of [revised, limited]) await desk.deploy(model(each));
        await desk.open(CALLER);
        await desk.pass(0);
        const [{ id }] = (await desk.store.listCases({ definitionKey: 'permit', limit: 1 })) as [CaseRow];
        const seen: Seen[] = [];
        const look = async () => void seen.push(await clocksOf(desk, id));
        for (const deed of done) {
          await look();
          if ('pass' in deed) await pass(desk, deed.pass);
          // the server is away: whoever comes first finds nothing done
          else if ('away' in deed) desk.clock.advance(deed.away * HOUR);
          else if ('notice' in deed) await desk.recount(CALENDARS[deed.notice]!);
          else await act(desk, id, deed.does);
        }
        if ((await desk.waiting(id)).includes('more')) await act(desk, id, 'complete');
        await act(desk, id, 'goOn');
        await act(desk, id, 'callerGoesOn');
        await look();
        await pass(desk, 30 * 24);
        await look();

        const events = (await desk.store.listEvents(id, 0, 10_000)) as Told[];
        expect(twice(events, seen)).toEqual([]);
        expect(tooSoon(events)).toEqual([]);
        expect(unfounded(events)).toEqual([]);
        expect(untold(await desk.engine.getCase(id), events)).toEqual([]);
        expect(consentInHold(events)).toEqual([]);
        expect(never(seen, events)).toEqual([]);
      }),
      { numRuns: tries(100) },
    );
  });
});

interface Clock {
  readonly node: string | null;
  readonly token: string | null;
  readonly dueAt: number | null;
  readonly statutoryAt: number | null;
}

/** The limits of what is under way, at a moment of its history. */
interface Seen {
  readonly now: number;
  readonly seq: number;
  readonly clocks: readonly Clock[];
}

async function clocksOf({ engine, store, clock }: Hall, id: string): Promise<Seen> {
  const row = await engine.getCase(id);
  const tasks = (await store.listTasksOfCase(id)).filter(({ endedAt }) => endedAt === null);
  const own = { node: null, token: null, dueAt: row.dueAt, statutoryAt: row.statutoryAt ?? null };
  const steps = tasks.map(({ node, token, dueAt, statutoryAt = null }) => ({ node, token, dueAt, statutoryAt }));
  return { now: clock.now(), seq: row.lastSeq, clocks: row.status === 'active' ? [own, ...steps] : [] };
}

const limitOf = (type: string, { dueAt, statutoryAt }: Clock) => (type === 'deadline.passed' ? dueAt : statutoryAt);

/** Called late again although the limit had not been ahead in between, and not as a delay that goes on. */
function twice(events: readonly Told[], seen: readonly Seen[]): Told[] {
  const late = events.filter(({ type, data }) => LATE.includes(type) && data.since === undefined);
  return late.filter((event, index) => {
    const before = late.slice(0, index).findLast((each) => isOf(each, event) && each.type === event.type);
    if (!before) return false;
    const between = seen.filter(({ seq }) => seq >= before.seq && seq < event.seq);
    return !between.some((each) => isAhead(event.type, event, each));
  });
}

const isOf = (a: Told, b: Told) => a.token === b.token && a.node === b.node && a.data.of === b.data.of;

const REVIEW = ['glance', 'review', 'beside'];

/** Called late, or taken for consent, within the time that somebody was told they have; but who had been late before is late still. */
function tooSoon(events: readonly Told[]): Told[] {
  return events.filter((event, index) => {
    if (![...LATE, 'task.deemed', 'task.escalated'].includes(event.type)) return false;
    const isConsulted = event.node === 'consult';
    if (!isConsulted && !REVIEW.includes(event.node!) && event.data.of !== 'acceptance') return false;
    const wait = events
      .slice(0, index)
      .findLast(({ type }) => type === (isConsulted ? 'task.consent_waits' : 'case.silence_waits'));
    if (!wait || event.at > wait.data.until!) return false;
    return isConsulted || !events.some((each) => each.seq < wait.seq && LATE.includes(each.type) && isOf(each, event));
  });
}

/** Consent by silence, of the law too, that ended a time of which nobody was told. */
function untold({ clock }: CaseRow, events: readonly Told[]): unknown[] {
  const isTold = (type: string, until: number) =>
    events.some((each) => each.type === type && each.data.until === until);
  const deemed = events.some(({ type }) => type === 'task.deemed');
  const { acceptedBy, silenceAfter = 0, ended } = clock!.phases!;
  const waited = acceptedBy === 'silence' && silenceAfter > (ended!.acceptance!.statutoryAt ?? 0);
  return [
    ...(clock!.consents ?? []).filter(({ until }) => deemed && !isTold('task.consent_waits', until)),
    ...(waited && !isTold('case.silence_waits', silenceAfter) ? [silenceAfter] : []),
  ];
}

/** Consent while the clock stood still, though the time of the department was not over when it stopped. */
function consentInHold(events: readonly Told[]): Told[] {
  return events.filter((event, index) => {
    if (event.type !== 'task.deemed') return false;
    const before = events.slice(0, index);
    const stopped = before.findLast(({ type }) => /^clock[.](held|resumed)/.test(type));
    if (!stopped?.type.startsWith('clock.held')) return false;
    const passed = before.findLast(({ type, node }) => type === 'deadline.passed' && node === 'consult')!;
    return passed.data.dueAt! >= stopped.at;
  });
}

/** Said to be late still, though nobody had been told that they are late. */
function unfounded(events: readonly Told[]): Told[] {
  return events.filter(
    (event, index) =>
      event.data.since !== undefined &&
      LATE.includes(event.type) &&
      !events.slice(0, index).some((before) => before.type === event.type && before.token === event.token),
  );
}

/** A limit of what is under way that has passed, and of which nothing was told since it was ahead. */
function never(seen: readonly Seen[], events: readonly Told[]): unknown[] {
  const { now, clocks } = seen.at(-1)!;
  return clocks.flatMap((clock) =>
    LATE.filter((type) => {
      const end = limitOf(type, clock);
      if (end === null || end >= now - HOUR) return false;
      const ahead = seen.findLast((each) => isAhead(type, clock, each))?.seq ?? 0;
      return !events.some((event) => event.type === type && event.token === clock.token && event.seq > ahead);
    }).map((type) => ({ type, ...clock })),
  );
}

/** Where nothing of it was under way, or its date not known, too. */
function isAhead(type: string, { node, token }: Pick<Clock, 'node' | 'token'>, { now, clocks }: Seen): boolean {
  const clock = clocks.find((each) => each.node === node && each.token === token);
  return (clock ? (limitOf(type, clock) ?? now) : now) >= now;
}
