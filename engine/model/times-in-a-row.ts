import type { MultiInstance } from './graph.ts';
import type { ParsedLoop } from './parsed-model.ts';

/**
 * How often a multi-instance activity is done, one instance after the other, where the model fixes the number: 1 where they
 * go on side by side, `untold` where only the case tells how many there are.
 */
export function timesInARow(loop: MultiInstance | ParsedLoop | undefined, untold = 1): number {
  if (!loop || !('sequential' in loop) || !loop.sequential) return 1;
  const { cardinality = { text: '' } } = loop;
  const text = 'text' in cardinality ? cardinality.text : 'feel' in cardinality ? cardinality.feel : '';
  return /^\d{1,5}$/.test(text) ? Number(text) : untold;
}
