import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { elementWords, sentenceOfEvent } from '../../../processes/casework/index.ts';
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
  'task.reminded',
  'task.escalated',
  'task.consent_waits',
  'deadline.near',
  'deadline.passed',
  'case.silence_waits',
];

/** Names as they stand in the model. */
const of = (name: string) => ({ zh: name, en: name });

describe('the timeline', () => {
  it('tells of a called case that runs on when it is due, in whichever phase it is', () => {
    const dueDates = [{ element: '', was: null, is: Date.parse('2026-03-16T17:00:00+08:00') }];
    const event = anEvent({ type: 'clock.resumed_along', data: { caller: 'T-1', reasons: [], dueDates } });
    expect(sentenceOfEvent(event, { of, actor: '系统' }).zh).toBe(
      '上级办件 T-1 结束特别程序，本办件随之恢复计时。到期时间为2026年3月16日（星期一）',
    );
  });

  it('tells the times of a date that moved within its day', () => {
    const at = (time: string) => Date.parse(`2026-03-16T${time}+08:00`);
    const moved = { element: '', wasProvisional: true, isProvisional: false };
    const told = (was: number, is: number) => {
      const data = { notice: 'cn-2026.3', dueDates: [{ ...moved, was, is }] };
      return sentenceOfEvent(anEvent({ type: 'deadline.recounted', data }), { of, actor: '系统' });
    };
    expect(told(at('17:00:00'), at('16:30:00'))).toEqual({
      zh: '按放假通知（cn-2026.3）重新计算到期时间：承诺办结日期由2026年3月16日（星期一）17:00改为2026年3月16日（星期一）16:30，不再是暂定',
      en: 'Due dates counted again by the notice of holidays cn-2026.3: the due date moved from Mon 16 Mar 2026, 17:00 to Mon 16 Mar 2026, 16:30, no longer provisional',
    });
    expect(told(at('10:15:20'), at('10:15:40')).zh).toMatch(/10:15:20改为.*10:15:40/);
    expect(told(at('17:00:00'), at('17:00:00')).zh).toMatch(/仍为2026年3月16日（星期一），/);
  });

  it('tells of a date that stays where it was that only its yellow light moves', () => {
    const day = Date.parse('2026-03-16T17:00:00+08:00');
    const told = (certainty: object, limit?: 'statutory') => {
      const dueDates = [{ element: '', was: day, is: day, ...(limit && { limit }), ...certainty }];
      const data = { notice: 'cn-2026.3', dueDates };
      return sentenceOfEvent(anEvent({ type: 'deadline.recounted', data }), { of, actor: '系统' });
    };
    const certain = { wasProvisional: false, isProvisional: false };
    expect(told(certain)).toEqual({
      zh: '按放假通知（cn-2026.3）重新计算到期时间：承诺办结日期仍为2026年3月16日（星期一），只有黄灯时间变动',
      en: 'Due dates counted again by the notice of holidays cn-2026.3: the due date stays Mon 16 Mar 2026, only its yellow light moves',
    });
    expect(told(certain, 'statutory').zh).toMatch(/法定办结日期仍为.*，只有黄灯时间变动$/);
    expect(told({ wasProvisional: true, isProvisional: true }).zh).toMatch(/暂定.*，只有黄灯时间变动$/);
    expect(told({ wasProvisional: true, isProvisional: false }).zh).not.toContain('黄灯');
    expect(told({ wasProvisional: false, isProvisional: true }).zh).not.toContain('黄灯');
  });

  it('tells until when silence waits, whether the limit of the review has passed or only came near', () => {
    const data = { until: Date.parse('2027-01-07T17:00:00+08:00') };
    expect(sentenceOfEvent(anEvent({ type: 'case.silence_waits', data }), { of, actor: '系统' })).toEqual({
      zh: expect.stringMatching(/^受理审查期限重新计算后已过或者即将届满：2027年1月7日（星期四）17:00前仍可受理/),
      en: expect.stringMatching(/ has passed or is about to: until Thu 7 Jan 2027, 17:00 the office may still decide/),
    });
  });

  it.each(types)('tells %s in both languages, in words of its own', (type) => {
    const { zh, en } = sentenceOfEvent(anEvent({ type }), { of, actor: '李税收' });
    expect(zh).not.toContain(type);
    expect(zh).toMatch(/[\u4e00-\u9fff]/);
    expect(en).not.toContain(type);
  });

  it.each(['notice.failed', 'escalation.failed', 'order.note_failed', 'incident.opened'])(
    'says in %s why something failed, in technical words only where there are no others',
    (type) => {
      const technical = { error: 'answered 503', message: 'answered 503' };
      const told = (data: object) => {
        const event = anEvent({ type, data: data as never });
        const why = (code: string) =>
          code === 'connector.bad_status' ? { zh: '对方出错。', en: 'The other end failed.' } : undefined;
        return sentenceOfEvent(event, { of, actor: 'system', why });
      };
      const known = told({ ...technical, code: 'connector.bad_status' });
      expect([known.zh, known.en]).toEqual([
        expect.stringMatching(/：对方出错。$/),
        expect.stringMatching(/: The other end failed\.$/),
      ]);
      for (const data of [technical, { ...technical, code: 'moon.eclipsed' }])
        expect(told(data)).toEqual({
          zh: expect.stringMatching(/：answered 503$/),
          en: expect.stringMatching(/: answered 503$/),
        });
      expect(Object.values(told({})).join()).not.toMatch(/[：:](,|$)/);
    },
  );

  it('tells what it does not know by its type', () => {
    const { zh, en } = sentenceOfEvent(anEvent({ type: 'moon.eclipsed', node: null }), { of, actor: '系统' });
    expect([zh, en]).toEqual(['记录事件 moon.eclipsed', 'Recorded moon.eclipsed']);
  });

  it('names the system in the language of the sentence', () => {
    const event = anEvent({ type: 'supplement.noticed', actor: 'system', node: null });
    const { zh, en } = sentenceOfEvent(event, { of, actor: 'system' });
    expect([zh, en]).toEqual([
      '系统告知补正，内容见流程中的补正环节',
      'The system asked the applicant to supplement, by a task of the process',
    ]);
  });

  it('writes instants as local time', () => {
    const event = anEvent({
      type: 'timer.armed',
      node: '催缴',
      data: { dueAt: Date.parse('2026-03-04T17:00:00+08:00') },
    });
    expect(sentenceOfEvent(event, { of, actor: '' }).zh).toBe('“催缴”开始计时，将于2026-03-04 17:00到时');
  });

  it('says of an escalation that nobody catches where it goes', () => {
    const event = anEvent({ type: 'escalation.thrown', node: '上报', data: { code: 'LATE', caughtBy: null } });
    expect(sentenceOfEvent(event, { of, actor: '' }).zh).toBe('“上报”发出升级（LATE），无人处理');
    expect(sentenceOfEvent(event, { of, actor: '', called: true }).zh).toBe('“上报”发出升级（LATE），转上级办件');
  });

  it('calls an element without a name by its kind, and by its id where there are several', () => {
    const task = { id: 't1', kind: 'userTask', name: '' };
    const timer = { id: 'c1', kind: 'intermediateCatchEvent', name: '', trigger: { type: 'timer' } };
    const graph = { nodes: { t1: task, c1: timer, e: { id: 'e', kind: 'endEvent', name: '办结' } } } as never;
    expect(['t1', 'c1', 'e', 'gone'].map((id) => elementWords(graph, id).zh)).toEqual([
      '用户任务',
      '定时事件',
      '办结',
      'gone',
    ]);
    const two = { nodes: { t1: task, t2: { ...task, id: 't2' } } } as never;
    expect(elementWords(two, 't2')).toEqual({ zh: '用户任务（t2）', en: 'user task (t2)' });
    const moved = [{ do: 'move', from: { id: 't1', name: 't1' }, to: { id: 'e', name: '办结' }, count: 1 }];
    const event = anEvent({ type: 'case.modified', node: null, data: { operations: moved, reason: '补正' } });
    const names = { of: (id: string) => elementWords(graph, id), actor: '冯督办' };
    expect(sentenceOfEvent(event, names).zh).toBe('冯督办调整办件环节（“用户任务”改为“办结”），原因：补正');
  });
});
