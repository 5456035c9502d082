import type { ExpressionCompiler } from '../compile.ts';
import type { Finding } from '../finding.ts';
import type { OnlyReceives } from '../handlers.ts';
import type { ParsedModel } from '../parsed-model.ts';
import type { Turns } from '../turns.ts';
import { rule as adHocValid } from './ad-hoc-valid.ts';
import { rule as blankAttribute } from './blank-attribute.ts';
import { rule as boundaryAttached } from './boundary-attached.ts';
import { rule as callValid } from './call-valid.ts';
import { rule as clockTimerValid } from './clock-timer-valid.ts';
import { rule as compensationValid } from './compensation-valid.ts';
import { rule as complexGatewayValid } from './complex-gateway-valid.ts';
import { rule as conditionValid } from './condition-valid.ts';
import { rule as conditionalEventValid } from './conditional-event-valid.ts';
import { rule as danglingFlow } from './dangling-flow.ts';
import { rule as danglingReference } from './dangling-reference.ts';
import { rule as dataStoreKey } from './data-store-key.ts';
import { rule as deadCode } from './dead-code.ts';
import { rule as deadEnd } from './dead-end.ts';
import { rule as deadFlow } from './dead-flow.ts';
import { rule as deadlock } from './deadlock.ts';
import { rule as defaultFlowValid } from './default-flow-valid.ts';
import { rule as department } from './department.ts';
import { rule as duplicateId } from './duplicate-id.ts';
import { rule as endReachable } from './end-reachable.ts';
import { rule as endlessLoop } from './endless-loop.ts';
import { rule as errorCode } from './error-code.ts';
import { rule as eventGatewayValid } from './event-gateway-valid.ts';
import { rule as eventSubProcessValid } from './event-sub-process-valid.ts';
import { rule as escalationCode } from './escalation-code.ts';
import { rule as executableProcess } from './executable-process.ts';
import { rule as expressionValid } from './expression-valid.ts';
import { rule as fixedName } from './fixed-name.ts';
import { rule as flowCrossesScope } from './flow-crosses-scope.ts';
import { rule as foreignExtension } from './foreign-extension.ts';
import { rule as gatewayShape } from './gateway-shape.ts';
import { rule as httpUrl } from './http-url.ts';
import { rule as incomingOnStart } from './incoming-on-start.ts';
import { rule as jobWork } from './job-work.ts';
import { rule as jointValid } from './joint-valid.ts';
import { rule as knownExtension } from './known-extension.ts';
import { rule as linkMatched } from './link-matched.ts';
import { rule as lackOfSynchronisation } from './lack-of-synchronisation.ts';
import { rule as messageNamed } from './message-named.ts';
import { rule as milestoneValid } from './milestone-valid.ts';
import { rule as missingDefault } from './missing-default.ts';
import { rule as missingId } from './missing-id.ts';
import { rule as multiInstanceValid } from './multi-instance-valid.ts';
import { rule as nameLength } from './name-length.ts';
import { rule as outgoingOnEnd } from './outgoing-on-end.ts';
import { rule as overdueValid } from './overdue-valid.ts';
import { rule as promiseBasis } from './promise-basis.ts';
import { rule as promiseValid } from './promise-valid.ts';
import { rule as statutoryValid } from './statutory-valid.ts';
import { rule as countingValid } from './counting-valid.ts';
import { rule as quantityValid } from './quantity-valid.ts';
import { rule as readableElement } from './readable-element.ts';
import { rule as retryValid } from './retry-valid.ts';
import { rule as scriptFormat } from './script-format.ts';
import { rule as signalNamed } from './signal-named.ts';
import { rule as standardLoopValid } from './standard-loop-valid.ts';
import { rule as startEventRequired } from './start-event-required.ts';
import { rule as supportedElement } from './supported-element.ts';
import { rule as taskScheduleValid } from './task-schedule-valid.ts';
import { rule as timeToLiveValid } from './time-to-live-valid.ts';
import { rule as timerValid } from './timer-valid.ts';
import { rule as transactionValid } from './transaction-valid.ts';
import { rule as unreachable } from './unreachable.ts';
import { rule as unsafeId } from './unsafe-id.ts';
import { rule as variableName } from './variable-name.ts';
import { prepareSoundness } from '../soundness/soundness.ts';
import { lintContext, type Rule } from './rule.ts';

export const rules: readonly Rule[] = [
  adHocValid,
  blankAttribute,
  boundaryAttached,
  callValid,
  clockTimerValid,
  compensationValid,
  complexGatewayValid,
  conditionValid,
  conditionalEventValid,
  danglingFlow,
  danglingReference,
  dataStoreKey,
  deadCode,
  deadEnd,
  deadFlow,
  deadlock,
  defaultFlowValid,
  department,
  duplicateId,
  endReachable,
  endlessLoop,
  errorCode,
  eventGatewayValid,
  eventSubProcessValid,
  escalationCode,
  executableProcess,
  expressionValid,
  fixedName,
  flowCrossesScope,
  foreignExtension,
  gatewayShape,
  httpUrl,
  incomingOnStart,
  jobWork,
  jointValid,
  knownExtension,
  linkMatched,
  lackOfSynchronisation,
  messageNamed,
  milestoneValid,
  missingDefault,
  missingId,
  multiInstanceValid,
  nameLength,
  outgoingOnEnd,
  overdueValid,
  promiseBasis,
  promiseValid,
  statutoryValid,
  countingValid,
  quantityValid,
  readableElement,
  retryValid,
  scriptFormat,
  signalNamed,
  standardLoopValid,
  startEventRequired,
  supportedElement,
  taskScheduleValid,
  timeToLiveValid,
  timerValid,
  transactionValid,
  unreachable,
  unsafeId,
  variableName,
];

/** What every rule finds, errors first, else in the order of rules and elements. */
export function lintModel(model: ParsedModel, compileExpression: ExpressionCompiler): Finding[] {
  const context = lintContext(model, compileExpression);
  return errorsFirst(rules.flatMap((rule) => rule.check(context)));
}

/** The same, letting others have their turn between rules. */
export async function lintInTurns(
  model: ParsedModel,
  compileExpression: ExpressionCompiler,
  turns: Turns,
  onlyReceives?: OnlyReceives,
): Promise<Finding[]> {
  const context = lintContext(model, compileExpression, onlyReceives);
  const findings: Finding[] = [];
  for (const preparing = prepareSoundness(context); !preparing.next().done;) await turns.next();
  for (const rule of rules) {
    for (const finding of rule.check(context)) findings.push(finding);
    await turns.next();
  }
  return errorsFirst(findings);
}

export function errorsFirst(findings: readonly Finding[]): Finding[] {
  return [
    ...findings.filter((finding) => finding.severity === 'error'),
    ...findings.filter((finding) => finding.severity === 'warning'),
  ];
}
