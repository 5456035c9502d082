import { bpmn, chain } from '../../support/bpmn.ts';
import type { Shape } from '../evidence.ts';

export const CONSULTED = 'consulted';

/** A case in which handlers choose what is done, any number of times, until they say that it is enough. */
export const CONSULTED_SHAPE: Shape = {
  tasks: ['prepare', 'record'],
  once: ['prepare', 'meeting', 'record'],
  timers: [],
  choices: { meeting: ['visit', 'ask'] },
};

export const consultedModel = (department: string) => {
  const task = (id: string) => `<userTask id="${id}" name="${id}" ov:department="${department}"/>`;
  return bpmn(
    `<startEvent id="s"/>${task('prepare')}${task('record')}<endEvent id="e"/>` +
      `<adHocSubProcess id="meeting" name="meeting">${task('visit')}${task('ask')}</adHocSubProcess>` +
      chain('s', 'prepare', 'meeting', 'record', 'e'),
    { id: CONSULTED },
  );
};
