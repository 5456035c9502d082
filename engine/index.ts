export { createEngine, type EngineOptions } from './create-engine.ts';
export type {
  Actor,
  CaseChange,
  CaseMigrationPlan,
  CaseNote,
  CheckedUpload,
  CommandOptions,
  ConditionalStart,
  ConditionsJudged,
  Deployment,
  Engine,
  ExternalJob,
  MessageReceipt,
  PublishMessage,
  MigrateCase,
  MigrateCases,
  MigratedCase,
  MigrationMapping,
  MigrationRun,
  ModificationPreview,
  ModifyCase,
  NoteCase,
  PlannedElement,
  RecountPreview,
  RecountRun,
  MovedDate,
  OtherDate,
  Remark,
  StartCase,
} from './engine.ts';
export { groupsOf } from './core/index.ts';
export type { Operation, Place, Target } from './core/index.ts';
export { adHocChoices, type AdHocChoice } from './cases/ad-hoc.ts';
export type { DueFollowUp, FollowUp, FollowUps } from './cases/follow-ups.ts';
export type { CountedCase, HouseDates, HouseRecount, HouseRecounted } from './cases/house-dates.ts';
export { answering } from './cases/answering.ts';
export { SYSTEM, type CalendarSource } from './cases/deps.ts';
export { isUncertain, uncertainDates } from './cases/date-notes.ts';
export {
  caseTerms,
  datesOfPhase,
  dueDatesOf,
  extendableUntil,
  isHeld,
  ofOtherPhase,
  otherPhase,
  phaseOf,
  taskTerms,
  type DueTerms,
  type OtherPhase,
} from './cases/due-terms.ts';
export { extensionsOf } from './cases/extension-units.ts';
export { answeredInChance } from './cases/consent.ts';
export { doneInChance, silenceWaitsUntil } from './cases/silence.ts';
export { supplementUntil } from './cases/supplement-until.ts';
export { versionsLeft } from './cases/versions-left.ts';
export { verifyChain } from './cases/history.ts';
export { httpConnector } from './connectors/http.ts';
export { parseTaskId } from './cases/rows.ts';
export { refuseClaim, refuseComplete, refuseUnclaim } from './tasks/task-refusals.ts';
export { inProcessWakeUp } from './jobs/in-process-wake-up.ts';
export type { WakeUp } from './jobs/wake-up.ts';
export { NO_PEERS, type PeerChange, type PeerChanges, type PeerListener } from './peers/peer-changes.ts';
export { pollingPeers } from './peers/polling-peers.ts';
export type { Clock, MovableClock } from './kernel/clock.ts';
export { movableClock, systemClock } from './kernel/clock.ts';
export { isRejection, Rejection } from './kernel/rejection.ts';
export type * from './store/ports.ts';
export type { JobOutcome, JobWatch } from './jobs/watch.ts';
