const workedSince = (began: NodeJS.CpuUsage): number => {
  const { user, system } = process.cpuUsage(began);
  return (user + system) / 1_000;
};

/** What is to happen once, and can be called off. */
export interface Alarm {
  cancel(): void;
}

/**
 * Calls `act` once when `ms` have passed and this process has worked for as long: none of its threads is then out of time
 * only because the machine was busy with others. Never earlier than `setTimeout` would.
 */
export function afterWork(ms: number, act: () => void, worked = workedSince): Alarm {
  const began = process.cpuUsage();
  const wait = (patience: number): NodeJS.Timeout =>
    setTimeout(() => {
      const left = ms - worked(began);
      if (left <= 0) act();
      else timer = wait(Math.max(left, 100));
    }, patience);
  let timer = wait(ms);
  return { cancel: () => clearTimeout(timer) };
}
