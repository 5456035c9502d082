import { bpmn, chain } from '../../support/bpmn.ts';
import type { Shape } from '../evidence.ts';

export const SENTRY = 'sentry';
/** Name of the signal. */
export const STORM = 'storm';

/** A case on watch: each signal is noted, until somebody takes it off. */
export const SENTRY_SHAPE: Shape = {
  tasks: ['watch'],
  once: ['watch'],
  timers: [],
  signals: { warned: 'warning' },
};

export const sentryModel = (department: string) =>
  bpmn(
    `<startEvent id="s"/><userTask id="watch" name="watch" ov:department="${department}"/><endEvent id="e"/><endEvent id="noted"/>` +
      '<boundaryEvent id="warned" attachedToRef="watch" cancelActivity="false"><signalEventDefinition signalRef="Storm"/></boundaryEvent>' +
      chain('s', 'watch', 'e') +
      chain('warned', 'noted'),
    { id: SENTRY, roots: `<signal id="Storm" name="${STORM}"/>` },
  );
