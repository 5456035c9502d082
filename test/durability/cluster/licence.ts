import { bpmn, chain } from '../../support/bpmn.ts';
import type { Shape } from '../evidence.ts';

export const LICENCE = 'licence';

/** A case whose acceptance is reviewed, then it is handled: with clocks that are stopped, and orders about it. */
export const LICENCE_SHAPE: Shape = { tasks: ['review', 'handle'], once: ['review', 'handle'], timers: [] };

/** `name`: by which a version is known. */
export const licenceModel = (department: string, name: string = LICENCE) =>
  bpmn(
    '<startEvent id="s"/><endEvent id="e"/>' +
      `<userTask id="review" name="review" ov:department="${department}" ov:milestone="accepted"/>` +
      `<userTask id="handle" name="handle" ov:department="${department}" ov:milestone="decided"/>` +
      chain('s', 'review', 'handle', 'e'),
    { id: LICENCE, name, processAttrs: 'ov:promise="10" ov:basis="服务指南"' },
  );
