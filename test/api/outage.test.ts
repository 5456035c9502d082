import { describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { watchOutage } from '../../api/operations/outage.ts';
import { closedRejection, unavailableRejection } from '../../engine/store/refusals.ts';

function watched() {
  const lines: { level: number; msg: string; failed?: number; seconds?: number }[] = [];
  const log = pino({ level: 'debug' }, { write: (line) => void lines.push(JSON.parse(line) as (typeof lines)[0]) });
  const time = { now: 1_000 };
  return { lines, time, outage: watchOutage(log, () => time.now) };
}
const away = unavailableRejection('MongoDB says: connect ECONNREFUSED');

describe('a store that is away', () => {
  it('is told once, however many requests meet with it, and once when it is back', () => {
    const { lines, time, outage } = watched();
    outage.told();
    for (let n = 0; n < 100; n++) {
      time.now += 300;
      outage.told(away);
      outage.report(closedRejection(), () => lines.push({ level: 50, msg: 'the sweeper' }));
    }
    expect(lines.map(({ msg }) => msg)).toEqual([expect.stringMatching(/^the store does not answer/)]);
    time.now += 5_000;
    outage.told();
    outage.told();
    expect(lines.slice(1)).toEqual([
      expect.objectContaining({ msg: 'the store answers again', failed: 200, seconds: 30 }),
    ]);
  });

  it('is not told again and again while some requests still fail', () => {
    const { lines, time, outage } = watched();
    for (let n = 0; n < 100; n++) {
      time.now += 2_000;
      outage.told(n % 2 === 0 ? away : undefined);
    }
    expect(lines).toHaveLength(1);
  });

  it('is told again when it goes again', () => {
    const { lines, time, outage } = watched();
    for (let n = 0; n < 4; n++) {
      time.now += 10_000;
      outage.told(n % 2 === 0 ? away : undefined);
    }
    expect(lines).toHaveLength(4);
  });

  it('hides no other error', () => {
    const { lines, outage } = watched();
    outage.report(new TypeError('a bug'), () => lines.push({ level: 50, msg: 'the sweeper' }));
    outage.told(new TypeError('a bug'));
    expect(lines.map(({ msg }) => msg)).toEqual(['the sweeper']);
  });
});
