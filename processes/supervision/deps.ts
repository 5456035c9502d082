import type { Engine } from '../../engine/engine.ts';
import type { WorkCalendar } from '../../engine/time/index.ts';
import type { Directory } from '../directory/index.ts';

/** What supervision needs. */
export interface SupervisionDeps {
  readonly engine: Engine;
  readonly directory: Directory;
  readonly calendar: WorkCalendar;
  /** GB/T 2260 division that numbers of orders begin with. */
  readonly region: string;
}
