import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { afterWork } from '../../../engine/kernel/after-work.ts';

describe('A deadline of 10 s of work', () => {
  let worked = 0;
  const act = jest.fn();
  const start = () => afterWork(10_000, act, () => worked);

  beforeEach(() => {
    jest.useFakeTimers();
    worked = 0;
    act.mockClear();
  });
  afterEach(() => void jest.useRealTimers());

  it('is over after 10 s where the process did nothing else', () => {
    start();
    worked = 10_000;
    jest.advanceTimersByTime(9_999);
    expect(act).not.toHaveBeenCalled();
    jest.advanceTimersByTime(1);
    expect(act).toHaveBeenCalledTimes(1);
  });

  it('waits longer where the machine let the process work for 4 s of the 10', () => {
    start();
    worked = 4_000;
    jest.advanceTimersByTime(15_999);
    expect(act).not.toHaveBeenCalled();
    worked = 10_000;
    jest.advanceTimersByTime(1);
    jest.advanceTimersByTime(60_000);
    expect(act).toHaveBeenCalledTimes(1);
  });

  it('is never over once it was given up', () => {
    const deadline = start();
    worked = 10_000;
    deadline.cancel();
    jest.advanceTimersByTime(60_000);
    expect(act).not.toHaveBeenCalled();
  });
});
