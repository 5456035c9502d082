import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { chainEvents, verifyChain, type NewEvent } from '../../../engine/cases/history.ts';
import { canonicalJson, type JsonObject } from '../../../engine/kernel/json.ts';

const newEvent: fc.Arbitrary<NewEvent> = fc.record(
  {
    type: fc.string(),
    node: fc.string({ unit: 'binary' }),
    token: fc.string(),
    data: fc.dictionary(fc.string(), fc.jsonValue()) as fc.Arbitrary<JsonObject>,
  },
  { requiredKeys: ['type'] },
);
const newEvents = fc.array(newEvent, { minLength: 1, maxLength: 6 });
const by = { at: 1_700_000_000_000, actor: '王“审批”' };
const chain = (events: readonly NewEvent[]) => chainEvents({ caseId: 'c1', lastSeq: 0, lastHash: '' }, events, by);

describe('the history of a case', () => {
  it('has for each event the SHA-256 of the hash before and its canonical JSON', () => {
    fc.assert(
      fc.property(newEvents, (events) => {
        for (const { hash, prevHash, ...event } of chain(events)) {
          const text = prevHash + canonicalJson(event);
          expect(hash).toBe(createHash('sha256').update(text).digest('hex'));
        }
      }),
    );
  });

  it('verifies, and tells the first event that was changed', () => {
    fc.assert(
      fc.property(newEvents, fc.nat(), (events, pick) => {
        const rows = chain(events);
        expect(verifyChain(rows)).toEqual({ ok: true });
        const changed = pick % rows.length;
        const forged = rows.map((row, i) => (i === changed ? { ...row, actor: 'nobody' } : row));
        expect(verifyChain(forged)).toEqual({ ok: false, brokenAt: changed + 1 });
      }),
    );
  });

  it('shows a gap and a swap', () => {
    const rows = chain([{ type: 'a' }, { type: 'b' }, { type: 'c' }]);
    expect(verifyChain([rows[0]!, rows[2]!])).toEqual({ ok: false, brokenAt: 2 });
    expect(verifyChain([rows[1]!, rows[0]!])).toEqual({ ok: false, brokenAt: 1 });
  });
});
