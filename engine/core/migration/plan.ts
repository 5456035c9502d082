import { Rejection } from '../../kernel/rejection.ts';
import type { Node, NodeKind, ProcessGraph } from '../../model/graph.ts';
import { isLaterPhase, phaseOfNodes, planOf } from '../../model/phase-of-nodes.ts';
import type { CaseState, Completed } from '../state.ts';
import { notesOf, problemsOf, type Remark } from './fits.ts';
import { Crossing, type Mapping } from './mapping.ts';

/** Where one element of the old version goes. */
export interface PlannedElement {
  readonly element: string;
  readonly name: string;
  readonly kind: NodeKind;
  /** The element that stands for it: named by the mapping, else of the same id; null where there is none. */
  readonly to: string | null;
  readonly toName: string | null;
  /** Named by the mapping. */
  readonly given: boolean;
  /** What was done here can be undone in the new version, as far as it could in the old one. */
  readonly undone: boolean;
  /** Why a case that waits here cannot be migrated. */
  readonly problems: readonly Remark[];
  /** What changes for a case that waits here. */
  readonly notes: readonly Remark[];
}

export interface MigrationPlan {
  readonly crossing: Crossing;
  /** By id of the old version, in document order. */
  readonly elements: ReadonlyMap<string, PlannedElement>;
}

/**
 * How cases of one version go on in another: every element of the old version with its target, what would be lost and what
 * changes. A pure look at two models; `migration.unknown_element` where the mapping names what is not there.
 */
export function planMigration(from: ProcessGraph, to: ProcessGraph, mapping: Mapping): MigrationPlan {
  const crossing = new Crossing(from, to, mapping);
  const phaseNotes = phaseNotesOf(crossing);
  const elements = new Map<string, PlannedElement>();
  for (const node of Object.values(from.nodes)) {
    const target = crossing.node(node.id);
    elements.set(node.id, {
      element: node.id,
      name: node.name || node.id,
      kind: node.kind,
      to: target?.id ?? null,
      toName: target ? target.name || target.id : null,
      given: crossing.isGiven(node.id),
      undone: !node.compensation || target?.compensation !== undefined,
      problems: problemsOf(crossing, node, target),
      notes: target ? [...notesOf(crossing, node, target), ...phaseNotes(node, target)] : [],
    });
  }
  return { crossing, elements };
}

/**
 * Which milestones lie between: passed unseen where the new version alone has any, passed with the migration where both have.
 * A new version without any tells of no phase; one without a review ends that of what is not accepted yet.
 */
function phaseNotesOf({ from, to }: Crossing): (node: Node, target: Node) => Remark[] {
  const phaseTo = to.phases ? phaseOfNodes(planOf(to)) : () => undefined;
  if (!from.phases)
    return ({ id: element }, target) =>
      phaseTo(target) === 'delivery' ? [{ code: 'decision_behind', element, to: target.id }] : [];
  const phaseFrom = phaseOfNodes(planOf(from));
  const hasReview = to.phases?.acceptance !== undefined;
  return (node, target) => {
    const [was, is] = [phaseFrom(node), phaseTo(target)];
    const at = { element: node.id, to: target.id };
    if (was === undefined) return [];
    if (was === 'acceptance' && !hasReview && is !== 'delivery') return [{ code: 'review_ends', ...at }];
    if (is === undefined) return [{ code: 'phase_untold', ...at, was }];
    return isLaterPhase(is, was) ? [{ code: 'phase_later', ...at, was, is }] : [];
  };
}

/** The problems of a plan that concern a case, since something of it waits there. Empty: it can be migrated. */
export function blockedBy({ elements }: MigrationPlan, state: CaseState): Remark[] {
  const found = new Set<Remark>();
  for (const token of Object.values(state.tokens)) {
    // an event sub-process that has not begun holds nothing that could be lost
    if (token.wait === 'listener') continue;
    for (const problem of elements.get(token.node)!.problems) if (problem.code !== 'flow_missing') found.add(problem);
  }
  for (const { adHoc } of Object.values(state.scopes)) {
    for (const chosen of adHoc?.waiting ?? []) for (const problem of elements.get(chosen)!.problems) found.add(problem);
  }
  for (const { joins = {}, fired = {} } of Object.values(state.scopes)) {
    // a complex gateway that has fired remembers who took part; a flow that is no more cannot take part again
    for (const gateway of Object.keys(fired))
      for (const problem of elements.get(gateway)!.problems) if (problem.flow === undefined) found.add(problem);
    for (const [join, held] of Object.entries(joins)) {
      for (const problem of elements.get(join)!.problems) {
        if (problem.flow === undefined || held[problem.flow] !== undefined) found.add(problem);
      }
    }
  }
  return [...found, ...compensationsLost(elements, state)];
}

/** What was done keeps what it takes to undo it. */
function compensationsLost(elements: MigrationPlan['elements'], state: CaseState): Remark[] {
  const lost = new Map<string, Remark>();
  const look = (record: Completed): void => {
    const { to, undone, problems } = elements.get(record.node)!;
    if (!undone || problems.length > 0)
      lost.set(record.node, { code: 'compensation_lost', element: record.node, ...(to !== null && { to }) });
    record.inner?.forEach(look);
  };
  for (const { compensable = [], pending = [], undoing } of Object.values(state.scopes))
    [...compensable, ...pending, ...(undoing ? [undoing] : [])].forEach(look);
  return [...lost.values()];
}

/** `migration.state_would_be_lost` (details.problems: code, element, to, …) */
export function refuseBlocked(plan: MigrationPlan, state: CaseState): void {
  const problems = blockedBy(plan, state);
  if (problems.length === 0) return;
  throw new Rejection(
    'conflict',
    'migration.state_would_be_lost',
    `Expected a place in the new version for all that waits, but ${problems.map((each) => `'${each.element}': ${each.code}`).join('; ')}`,
    { problems: problems.map((each) => ({ ...each })) },
  );
}
