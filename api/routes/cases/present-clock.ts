import type { z } from 'zod';
import { isHeld, type CaseRow } from '../../../engine/index.ts';
import type { ProcessGraph } from '../../../engine/model/graph.ts';
import { longestExtension, refuseClock } from '../../../processes/casework/index.ts';
import type { Person } from '../../../processes/directory/index.ts';
import { instant, instantOrNull } from '../present.ts';
import type { CaseClock } from './clock-schema.ts';

/** null: nothing limits it, so there is no clock. */
export function presentClock(row: CaseRow, graph: ProcessGraph, viewer: Person): z.input<typeof CaseClock> | null {
  const limit = graph.limit ?? graph.statutory;
  if (!limit) return null;
  const { holds = [], extensions = [] } = row.clock ?? {};
  return {
    held: isHeld(row),
    holds: holds.map(({ reason, basis = null, from, to }) => ({
      reason,
      basis,
      from: instant(from),
      to: instantOrNull(to),
    })),
    extensions: extensions.map(({ value, basis = null }) => ({ value, basis })),
    unit: limit.unit,
    most: longestExtension(graph),
    can: {
      hold: !refuseClock(viewer, row, 'cases.hold'),
      extend: extensions.length === 0 && !refuseClock(viewer, row, 'cases.extend'),
    },
  };
}
