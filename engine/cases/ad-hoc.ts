import { findAdHocScope, type Command } from '../core/index.ts';
import type { Actor, CommandOptions } from '../engine.ts';
import type { ProcessGraph } from '../model/graph.ts';
import type { CaseRow } from '../store/ports.ts';
import { act } from './act.ts';
import { decideByStep } from './command.ts';
import type { CaseDeps } from './deps.ts';

/** An open ad-hoc sub-process of a case: what can be chosen in it, and what is under way or waits for its turn. */
export interface AdHocChoice {
  /** The token that waits for it: names it in commands. */
  readonly token: string;
  readonly node: string;
  /** Ids of the activities that may begin. */
  readonly activities: readonly string[];
  /** Ids of what goes on in it, once for each token. */
  readonly running: readonly string[];
  readonly waiting: readonly string[];
}

/** Where somebody may choose in a case, in the order they were opened. */
export function adHocChoices({ state, status }: Pick<CaseRow, 'state' | 'status'>, graph: ProcessGraph): AdHocChoice[] {
  if (status !== 'active') return [];
  const choices: AdHocChoice[] = [];
  for (const token of Object.values(state.tokens)) {
    if (!graph.nodes[token.node]?.adHoc) continue;
    const scope = findAdHocScope(state, token.id);
    if (!scope?.adHoc || scope.adHoc.ending) continue;
    const inside = Object.values(state.tokens).filter((inner) => inner.scope === scope.id && inner.wait !== 'listener');
    choices.push({
      token: token.id,
      node: token.node,
      activities: graph.entries[token.node] ?? [],
      running: inside.map((inner) => inner.node),
      waiting: scope.adHoc.waiting ?? [],
    });
  }
  return choices;
}

/** Begins activities of an ad-hoc sub-process. `ad_hoc.not_open`, `ad_hoc.nothing_chosen`, `ad_hoc.too_many`, `ad_hoc.unknown_activity` */
export async function activateAdHoc(
  deps: CaseDeps,
  { caseId, token, activities }: { caseId: string; token: string; activities: readonly string[] },
  actor: Actor,
  options?: CommandOptions<CaseRow>,
): Promise<CaseRow> {
  return decide(deps, caseId, { type: 'activate-ad-hoc', token, activities }, actor, options);
}

/** Lets an ad-hoc sub-process end: what still runs in it is cancelled, unless the model waits for it. `ad_hoc.not_open` */
export async function completeAdHoc(
  deps: CaseDeps,
  { caseId, token }: { caseId: string; token: string },
  actor: Actor,
  options?: CommandOptions<CaseRow>,
): Promise<CaseRow> {
  return decide(deps, caseId, { type: 'complete-ad-hoc', token }, actor, options);
}

function decide(
  deps: CaseDeps,
  caseId: string,
  command: Command,
  actor: Actor,
  options: CommandOptions<CaseRow> | undefined,
): Promise<CaseRow> {
  return act(deps, {
    caseId,
    actor,
    decide: (row, graph) => decideByStep(row, graph, command, deps),
    result: (commit) => commit.case,
    ...(options && { options }),
  });
}
