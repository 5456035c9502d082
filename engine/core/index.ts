export { findAdHocScope } from './ad-hoc.ts';
export { step } from './step.ts';
export { eventOfKey } from './armed-key.ts';
export { visibleVariables } from './variables.ts';
export { STATE_FORMAT } from './state.ts';
export type { Armed, CaseState, CaseStatus, Incident, Scope, Token } from './state.ts';
export type { Operation, Place, Target } from './modification/operation.ts';
export type { Call, Command, CoreEvent, Effect, Escalation, StepContext, StepResult } from './step-types.ts';
