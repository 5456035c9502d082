export interface Measured {
  perSecond: number;
  cpuMs: number;
  p50Ms: number;
  p99Ms: number;
}

/** Runs `once` in `clients` loops for `seconds` after a warm-up; `once` answers how many operations it did and their times (ms). */
export async function measure(
  once: () => Promise<number[]>,
  { clients = 1, seconds = 4, warmUp = 2 } = {},
): Promise<Measured> {
  await loop(once, clients, warmUp);
  const cpu = process.cpuUsage();
  const begin = performance.now();
  const times = await loop(once, clients, seconds);
  const elapsed = (performance.now() - begin) / 1000;
  const used = process.cpuUsage(cpu);
  times.sort((a, b) => a - b);
  const quantile = (q: number) => times[Math.floor(times.length * q)] ?? NaN;
  return {
    perSecond: times.length / elapsed,
    cpuMs: (used.user + used.system) / 1000 / times.length,
    p50Ms: quantile(0.5),
    p99Ms: quantile(0.99),
  };
}

async function loop(once: () => Promise<number[]>, clients: number, seconds: number): Promise<number[]> {
  const end = performance.now() + seconds * 1000;
  const times: number[] = [];
  await Promise.all(
    Array.from({ length: clients }, async () => {
      while (performance.now() < end) for (const time of await once()) times.push(time);
    }),
  );
  return times;
}

export async function timed(work: () => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  await work();
  return performance.now() - begin;
}

/** A markdown table; numbers rounded to what they are worth. */
export function table(title: string, head: string[], rows: (string | number)[][]): void {
  const text = (cell: string | number) =>
    typeof cell === 'string'
      ? cell
      : cell >= 100
        ? String(Math.round(cell))
        : cell >= 10
          ? cell.toFixed(1)
          : cell.toFixed(3);
  console.log(`\n### ${title}\n\n| ${head.join(' | ')} |\n|${head.map(() => '---|').join('')}`);
  for (const row of rows) console.log(`| ${row.map(text).join(' | ')} |`);
}
