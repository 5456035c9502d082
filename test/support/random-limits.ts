import fc from 'fast-check';

/** Attributes of a process or a task that promises no more than the law allows it, counted and warning in any way. */
export const anyLimits = fc
  .record({
    promise: fc.integer({ min: 4, max: 30 }),
    beyond: fc.nat(20),
    unit: fc.constantFrom('workingDays', 'calendarDays', 'workingHours'),
    startRule: fc.constantFrom(undefined, 'nextWorkingDay', 'sameDay', 'minuteExact'),
    yellow: fc.constantFrom(undefined, '10%', '80%', '0', '2', 'none'),
  })
  .map(({ promise, beyond, unit, startRule, yellow }) =>
    Object.entries({
      promise,
      unit,
      statutory: promise + beyond,
      statutoryUnit: unit,
      statutoryBasis: '《某法》第一条',
      startRule,
      yellow,
    })
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => `ov:${name}="${value}"`)
      .join(' '),
  );
