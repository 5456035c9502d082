import { bpmn, chain } from '../../support/bpmn.ts';
import type { Shape } from '../evidence.ts';

export const WITHDRAWN = 'withdrawn';

/** A case that its applicant takes back while a task waits. */
export const WITHDRAWN_SHAPE: Shape = { ends: 'cancelled', tasks: [], once: [], timers: [] };

export const withdrawnModel = (department: string) =>
  bpmn(
    `<startEvent id="s"/><userTask id="open" name="open" ov:department="${department}"/><endEvent id="e"/>` +
      chain('s', 'open', 'e'),
    { id: WITHDRAWN },
  );
