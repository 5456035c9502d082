export { step } from './step.ts';
export { visibleVariables } from './variables.ts';
export { STATE_FORMAT } from './state.ts';
export type { Armed, CaseState, CaseStatus, Incident, Scope, Token } from './state.ts';
export type { Command, CoreEvent, Effect, StepContext, StepResult } from './step-types.ts';
