import { bpmn, chain } from '../../support/bpmn.ts';
import type { Shape } from '../evidence.ts';

export const OVERDUE = 'overdue';

/** A case that is promised at once, in time that always counts (open-at-all-hours.ts), and is late therefore. */
export const OVERDUE_SHAPE: Shape = { tasks: ['search'], once: ['search'], timers: [] };

export const overdueModel = (department: string) =>
  bpmn(
    `<startEvent id="s"/><userTask id="search" name="search" ov:department="${department}"/><endEvent id="e"/>` +
      chain('s', 'search', 'e'),
    { id: OVERDUE, processAttrs: 'ov:promise="0.001" ov:unit="workingHours" ov:basis="服务指南"' },
  );
