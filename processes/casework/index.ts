export { applicantView } from './applicant-view.ts';
export type { Party } from './branch-parties.ts';
export { branchesOfCase, withCalled, type Branch, type Branches } from './branches.ts';
export { movedBranches } from './moved-branches.ts';
export { calledCases } from './called-cases.ts';
export { checkCharacter, isCaseNumber, nextCaseNumber } from './case-number.ts';
export { heldFor, nameOfHold } from './held-for.ts';
export {
  ASKED_REASONS,
  holdReasonOf,
  listHoldReasons,
  putHoldReasons,
  type AskedReason,
  type LocalHoldReason,
} from './hold-reasons.ts';
export { answerSupplement } from './answer-supplement.ts';
export { noticeSupplement, refuseAnswer, refuseNotice } from './supplement.ts';
export { isHandledJointly } from './joint-handling.ts';
export { longestExtension, refuseExtension, refuseHold, refuseResume } from './case-clock.ts';
export { caseNotFound, maySeeCase, mayWorkOn, refuseCancel, refuseRepair } from './case-rights.ts';
export { completeTask } from './complete-task.ts';
export { actorOf, type CaseworkDeps } from './deps.ts';
export { passedBy, placesOf, type DiagramPlace } from './diagram-state.ts';
export { elementWords } from './element-words.ts';
export { checkProcess, publishProcess, type Publication } from './publish.ts';
export { repairTargets, standsAt, type RepairPlace, type RepairTarget } from './repair-places.ts';
export { PHASE_NAMES } from './phase-words.ts';
export { startCase, type Application } from './start-case.ts';
export { sentenceOfEvent } from './timeline.ts';
export {
  fileNotFound,
  uploadedFiles,
  type FileRecord,
  type FileReference,
  type UploadedFiles,
} from './uploaded-files.ts';
export { findNewestVersion, getVersion, nameOfVersion } from './versions.ts';
export { findForm, findStartForm, itemOf, startsByHand, type ItemData } from './version-resources.ts';
