import { bpmn, chain } from '../../support/bpmn.ts';
import type { Shape } from '../evidence.ts';

export const SENT_BACK = 'sent-back';

/** A case that a supervisor moves by hand while its tasks wait. */
export const SENT_BACK_SHAPE: Shape = { tasks: [], once: [], timers: [], line: ['inspect', 'decide'] };

export const sentBackModel = (department: string) =>
  bpmn(
    '<startEvent id="s"/><endEvent id="e"/>' +
      SENT_BACK_SHAPE.line!.map((id) => `<userTask id="${id}" name="${id}" ov:department="${department}"/>`).join('') +
      chain('s', 'inspect', 'decide', 'e'),
    { id: SENT_BACK },
  );
