import { describe, expect, it } from '@jest/globals';
import { presentEvent } from '../../api/routes/cases/history.ts';
import { aCase, anEvent } from '../support/stores.ts';

describe('what an applicant reads in the history', () => {
  const house = { directory: { findPerson: () => undefined } } as never;
  const graph = { nodes: { 上报: { id: '上报', kind: 'userTask', name: '上报' } } } as never;
  const read = (type: string, data: object, role = 'applicant') => {
    const event = anEvent({ type, node: '上报', data: data as never });
    return presentEvent(house, aCase(), graph, event, { role } as never).text;
  };

  it('names the code of an escalation of the process', () => {
    expect(read('escalation.thrown', { code: 'LATE', caughtBy: null }).zh).toBe('“上报”发出升级（LATE），无人处理');
    expect(read('escalation.caught', { code: 'LATE' }).zh).toBe('“上报”处理升级（LATE）');
  });

  it('does not say why a condition could not be judged, as an official reads', () => {
    const data = { message: 'no variable amount' };
    expect(read('condition.failed', data)).toEqual({
      zh: '无法判断“上报”的条件',
      en: 'The condition of “上报” could not be judged',
    });
    expect(read('condition.failed', data, 'handler').zh).toBe('无法判断“上报”的条件：no variable amount');
  });

  it('does not say why what follows from a missed deadline failed', () => {
    expect(read('escalation.failed', { error: 'answered 503', code: 'connector.bad_status' }).zh).toBe(
      '超期处置未能完成',
    );
  });
});
