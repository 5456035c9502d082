import type { ClusterCity } from '../city.ts';
import type { ClusterRun } from '../run.ts';

/**
 * Something that goes wrong while people work. Ends when the city is whole again (the nodes that it killed answer, the
 * servers behind them run) and says in a few words what it did, for the report. `chance` draws from [0, 1).
 */
export type Fault = (city: ClusterCity, run: ClusterRun, chance: () => number) => Promise<string>;

export const pause = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));
