import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Milestone } from '../../../engine/model/graph.ts';
import {
  acceptBySilence,
  ACCEPTANCE_LIMIT,
  beginPhases,
  DELIVERY_LIMIT,
  dueDate,
  endSupplement,
  openSupplement,
  phaseSpan,
  reach,
  reviewedFrom,
  workingDaysBetween,
  dayOf,
  CHINA_OFFSET_MS,
  type Phase,
  type Phases,
} from '../../../engine/time/index.ts';
import { loadCalendar } from '../../../processes/calendars/load.ts';

const calendar = loadCalendar();
const limits = {
  phases: { acceptance: { limit: ACCEPTANCE_LIMIT }, delivery: { limit: DELIVERY_LIMIT } },
  handling: { value: 20, unit: 'workingDays' as const },
};
const STILL = { holds: [], extensions: [] };
const LIMITS = { acceptance: ACCEPTANCE_LIMIT, handling: limits.handling, delivery: DELIVERY_LIMIT };
const terms = (phase: Phase, phases: Phases) => {
  const span = phaseSpan(phase, phases, STILL);
  return span && { ...span, limit: LIMITS[phase], calendar };
};
const due = (phase: Phase, phases: Phases) => dueDate(terms(phase, phases)!).dueAt;
const day = (at: number) => dayOf(at, CHINA_OFFSET_MS);

const MINUTE = 60_000;
const from = Date.parse('2020-01-01T00:00:00+08:00');
const to = Date.parse('2026-10-01T00:00:00+08:00');
const instants = fc.integer({ min: 0, max: (to - from) / MINUTE }).map((minutes) => from + minutes * MINUTE);
const waits = fc.integer({ min: 1, max: 30 * 24 * 60 }).map((minutes) => minutes * MINUTE);
const MILESTONES: Milestone[] = ['accepted', 'notAccepted', 'decided', 'delivered'];

/** A case to which these things happen one after the other, each some time after the one before. */
const happenings = fc.array(
  fc.record({
    what: fc.constantFrom(...MILESTONES, 'silence', 'notice', 'answer'),
    after: waits,
  }),
  { maxLength: 12 },
);

function play(receivedAt: number, events: readonly { what: string; after: number }[]): Phases[] {
  let now = receivedAt;
  let phases: Phases = beginPhases(limits.phases, receivedAt);
  return events.map(({ what, after }) => {
    now += after;
    const reviewing = phases.now === 'acceptance';
    if (what === 'silence') {
      if (reviewing && !openSupplement(phases)) phases = acceptBySilence(phases);
    } else if (what === 'notice') {
      const next = { from: now, to: null, answered: false, limit: ACCEPTANCE_LIMIT };
      if (reviewing && !openSupplement(phases)) phases = { ...phases, supplements: [...phases.supplements, next] };
    } else if (what === 'answer') {
      if (reviewing && openSupplement(phases)) phases = endSupplement(phases, now, true);
    } else phases = reach(phases, what as Milestone, now).phases;
    return phases;
  });
}

describe('the clocks of a case', () => {
  it('never go back, and what was reached stays reached', () => {
    const rank = (phases: Phases) =>
      phases.now === null ? 3 : ['acceptance', 'handling', 'delivery'].indexOf(phases.now);
    fc.assert(
      fc.property(instants, happenings, (receivedAt, events) => {
        const course = play(receivedAt, events);
        course.forEach((phases, index) => {
          const before = course[index - 1];
          if (!before) return;
          expect(rank(phases)).toBeGreaterThanOrEqual(rank(before));
          for (const reached of ['acceptedAt', 'notAcceptedAt', 'decidedAt', 'deliveredAt'] as const)
            if (before[reached] !== undefined) expect(phases[reached]).toBe(before[reached]);
        });
      }),
    );
  });

  it('count handling from acceptance and delivery from the decision, and run one at a time', () => {
    fc.assert(
      fc.property(instants, happenings, (receivedAt, events) => {
        for (const phases of play(receivedAt, events)) {
          expect(terms('handling', phases)?.start).toBe(phases.acceptedAt);
          expect(terms('delivery', phases)?.start).toBe(phases.decidedAt);
          if (phases.now !== 'acceptance') expect(openSupplement(phases)).toBeUndefined();
          if (phases.decidedAt !== undefined) expect(phases.decidedAt).toBeGreaterThanOrEqual(phases.acceptedAt!);
        }
      }),
    );
  });
});

describe('silence', () => {
  it('dates acceptance back to the receipt of what was reviewed, to the millisecond', () => {
    fc.assert(
      fc.property(instants, fc.array(fc.tuple(waits, waits), { maxLength: 3 }), (receivedAt, rounds) => {
        let now = receivedAt;
        let phases: Phases = beginPhases(limits.phases, receivedAt);
        for (const [noticed, answered] of rounds) {
          phases = {
            ...phases,
            supplements: [...phases.supplements, { from: (now += noticed), to: null, answered: false }],
          };
          phases = endSupplement(phases, (now += answered), true);
        }
        const accepted = acceptBySilence(phases);
        expect(accepted.acceptedAt).toBe(now);
        expect(due('handling', accepted)).toBe(dueDate({ start: now, limit: limits.handling, calendar }).dueAt);
      }),
    );
  });

  it('is never early: five working days lie between the receipt and the last moment to tell something', () => {
    fc.assert(
      fc.property(instants, (receivedAt) => {
        const review = due('acceptance', beginPhases(limits.phases, receivedAt))!;
        expect(workingDaysBetween(calendar, day(receivedAt), day(review))).toBe(5);
      }),
    );
  });
});

describe('a supplement', () => {
  it('leaves no date while it is open, and an answer gives the whole review again', () => {
    fc.assert(
      fc.property(instants, waits, waits, (receivedAt, noticed, answered) => {
        const noticedAt = receivedAt + noticed;
        const begun: Phases = beginPhases(limits.phases, receivedAt);
        fc.pre(noticedAt <= due('acceptance', begun)!);
        const open = { ...begun, supplements: [{ from: noticedAt, to: null, answered: false }] };
        expect(due('acceptance', open)).toBeNull();
        const again = endSupplement(open, noticedAt + answered, true);
        expect(reviewedFrom(again)).toBe(noticedAt + answered);
        expect(due('acceptance', again)).toBe(due('acceptance', beginPhases(limits.phases, noticedAt + answered)));
      }),
    );
  });

  it('that ends without an answer gives back the days that were the applicant’s, and no more', () => {
    fc.assert(
      fc.property(instants, waits, waits, (receivedAt, noticed, taken) => {
        const begun: Phases = beginPhases(limits.phases, receivedAt);
        const noticedAt = receivedAt + noticed;
        fc.pre(noticedAt < due('acceptance', begun)!);
        const endedAt = noticedAt + taken;
        const ended = endSupplement(
          { ...begun, supplements: [{ from: noticedAt, to: null, answered: false }] },
          endedAt,
          false,
        );
        const moved = workingDaysBetween(calendar, day(due('acceptance', begun)!), day(due('acceptance', ended)!));
        const touched = workingDaysBetween(calendar, day(noticedAt) - 1, day(endedAt));
        expect(moved).toBeGreaterThanOrEqual(0);
        expect(moved).toBeLessThanOrEqual(touched);
      }),
    );
  });
});

describe('a milestone', () => {
  const begun = beginPhases(limits.phases, from);

  it('takes those before it along: who decides at once has accepted', () => {
    const { phases, passed } = reach<Phases>(begun, 'delivered', from + MINUTE);
    expect(passed.map(({ milestone }) => milestone)).toEqual(['accepted', 'decided', 'delivered']);
    expect(phases).toMatchObject({ now: null, acceptedBy: 'decision', acceptedAt: from + MINUTE });
  });

  it('that was reached changes nothing the second time', () => {
    const once = reach<Phases>(begun, 'accepted', from + MINUTE).phases;
    expect(reach(once, 'accepted', from + 2 * MINUTE)).toEqual({ phases: once, passed: [] });
  });

  it('refuses late where the case is accepted, and not at all where it was refused before', () => {
    const silent = acceptBySilence<Phases>(begun);
    expect(reach(silent, 'notAccepted', from + MINUTE)).toEqual({
      phases: silent,
      passed: [{ milestone: 'notAccepted', late: true }],
    });
    const refused = reach<Phases>(begun, 'notAccepted', from + MINUTE).phases;
    expect(reach(refused, 'notAccepted', from + 2 * MINUTE).passed).toEqual([]);
  });

  it('ends what the clock of the handling stood still for, also where the case that called it is held on', () => {
    const { phases } = reach<Phases>(begun, 'decided', from + 2 * MINUTE);
    const hold = { reason: 'test' as const, from: from + MINUTE, to: null };
    const later = { ...hold, from: from + 3 * MINUTE };
    const span = phaseSpan('handling', phases, { ...STILL, holds: [hold, later] });
    expect(span?.holds).toEqual([{ ...hold, to: from + 2 * MINUTE }]);
  });

  it('of a model without acceptance: handling runs from the start', () => {
    const plain = beginPhases({ delivery: { limit: DELIVERY_LIMIT } }, from);
    expect(plain).toMatchObject({ now: 'handling', acceptedAt: from });
    expect(terms('acceptance', plain)).toBeUndefined();
  });
});
