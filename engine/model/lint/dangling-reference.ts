import { defineRule } from './rule.ts';
import { short } from './words.ts';

/** Ends of sequence flows are the business of dangling-flow; `incoming` and `outgoing` only repeat them. */
const TOLD_ELSEWHERE = new Set(['sourceRef', 'targetRef', 'incoming', 'outgoing']);

/** What these point to decides what runs; anything else is told and left alone. */
const RUNS = new Set([
  'messageRef',
  'errorRef',
  'signalRef',
  'escalationRef',
  'eventDefinitionRef',
  'attachedToRef',
  'activityRef',
  'default',
  'source',
  'target',
  'loopDataInputRef',
  'loopDataOutputRef',
]);

/** A reference into nothing. Associations and message flows have ends too, but no token goes along them. */
export const rule = defineRule('dangling-reference', ({ model }, report) => {
  const isFlow = new Set(model.executables.flatMap(({ flows }) => flows.map((flow) => flow.id)));
  for (const problem of model.problems) {
    if (problem.type !== 'dangling-reference') continue;
    const { element, property, value } = problem;
    if (property === 'incoming' || property === 'outgoing') continue;
    if (TOLD_ELSEWHERE.has(property) && isFlow.has(element)) continue;
    const runs = RUNS.has(property) && !TOLD_ELSEWHERE.has(property);
    report[runs ? 'error' : 'warning'](
      element,
      `${property} 指向不存在的元素“${short(value)}”`,
      `${property} refers to '${short(value)}', which does not exist`,
    );
  }
});
