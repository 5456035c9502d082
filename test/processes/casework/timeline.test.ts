import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { sentenceOfEvent } from '../../../processes/casework/index.ts';
import { anEvent } from '../../support/stores.ts';

const types = [
  ...[
    ...readFileSync(new URL('../../../engine/core/step-types.ts', import.meta.url), 'utf8').matchAll(
      /\| '([a-z]+\.[a-z]+)'/g,
    ),
  ].map((match) => match[1]!),
  'task.claimed',
  'task.unclaimed',
  'task.completed',
  'deadline.near',
  'deadline.passed',
];

describe('the timeline', () => {
  it.each(types)('tells %s in both languages, in words of its own', (type) => {
    const { zh, en } = sentenceOfEvent(anEvent({ type }), { node: '核税', actor: '李税收' });
    expect(zh).not.toContain(type);
    expect(zh).toMatch(/[\u4e00-\u9fff]/);
    expect(en).not.toContain(type);
  });

  it('tells what it does not know by its type', () => {
    const { zh, en } = sentenceOfEvent(anEvent({ type: 'moon.eclipsed' }), { node: '', actor: '系统' });
    expect([zh, en]).toEqual(['记录事件 moon.eclipsed', 'Recorded moon.eclipsed']);
  });

  it('writes instants as local time', () => {
    const event = anEvent({ type: 'timer.armed', data: { dueAt: Date.parse('2026-03-04T17:00:00+08:00') } });
    expect(sentenceOfEvent(event, { node: '催缴', actor: '' }).zh).toBe('“催缴”开始计时，将于2026-03-04 17:00到时');
  });
});
