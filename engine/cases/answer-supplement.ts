import type { Actor, AnswerSupplement, CommandOptions } from '../engine.ts';
import { canonicalJson, type JsonObject } from '../kernel/json.ts';
import { Rejection } from '../kernel/rejection.ts';
import type { CasePhases, CaseRow, SupplementAnswer, ValueChange } from '../store/ports.ts';
import { endSupplement, openSupplement, supplementDue } from '../time/index.ts';
import { act } from './act.ts';
import type { Decision } from './build-commit.ts';
import { decideByStep } from './command.ts';
import type { CaseDeps } from './deps.ts';
import { reviewed } from './notice-supplement.ts';
import { withPhases } from './pass-milestones.ts';
import { checkedReason } from './reason.ts';
import { countedOtherwise } from './stored-tasks.ts';
import { settleSupplement, supplementTokens } from './supplement-tasks.ts';

/**
 * The applicant hands in what was missing; the acceptance review begins anew from now. `variables` are those of the
 * application that they correct; what each was before is kept with the answer. `case.closed`, `supplement.not_in_review`,
 * `supplement.none_open`, `supplement.too_late`, `case.reason_missing`, `case.reason_too_long`, `variables.unsafe_name`
 */
export async function answerSupplement(
  deps: CaseDeps,
  answer: AnswerSupplement,
  actor: Actor,
  options?: CommandOptions<CaseRow>,
): Promise<CaseRow> {
  const note = answer.note === undefined ? undefined : checkedReason(answer.note);
  const { files, remedies = [], variables, documents = [] } = answer;
  return act(deps, {
    caseId: answer.caseId,
    actor,
    decide: async (row, graph) => {
      const phases = reviewed(row);
      const now = deps.clock.now();
      const open = answerable(phases, deps, now);
      const answered = endSupplement(phases, now, true);
      const changes = changesOf(row.state.scopes['0']?.variables ?? {}, variables);
      const kept: SupplementAnswer = {
        ...(note !== undefined && { note }),
        files: [...files],
        remedies: [...remedies],
        changes,
      };
      const place = phases.supplements.indexOf(open);
      const supplements = answered.supplements.with(place, { ...answered.supplements[place]!, answer: kept });
      const count = files.length + remedies.reduce((sum, remedy) => sum + remedy.files.length, 0);
      const told = {
        type: 'supplement.answered',
        data: { ...(note !== undefined && { note }), files: count, changes: changes.length },
      };
      const step: Decision = changes.length
        ? await decideByStep(row, graph, { type: 'set-variables', variables }, deps, [told])
        : { state: row.state, events: [told], effects: [] };
      const tasks = supplementTokens(step.state, graph);
      const next = settleSupplement({ ...answered, supplements }, tasks, now);
      const decision = { ...step, events: [...step.events, ...next.events], documents: [...documents] };
      const stored = await countedOtherwise(deps, row, graph);
      return withPhases(row, graph, decision, next.phases, { calendar: deps.calendar, now, tasks: stored });
    },
    result: (commit) => commit.case,
    ...(options && { options }),
  });
}

/** What of the application is another value than before. */
function changesOf(before: JsonObject, variables: JsonObject): ValueChange[] {
  return Object.entries(variables)
    .map(([field, after]) => ({ field, before: Object.hasOwn(before, field) ? before[field]! : null, after }))
    .filter(({ before: was, after }) => canonicalJson(was) !== canonicalJson(after));
}

/** The notice that waits for an answer. Where the model asks by a task of its own, that task is the place to answer. */
function answerable(phases: CasePhases, { calendar }: CaseDeps, now: number) {
  const open = openSupplement(phases);
  if (!open || open.task !== undefined)
    throw new Rejection(
      'conflict',
      'supplement.none_open',
      'Expected a notice that waits for an answer, but none does',
    );
  const until = supplementDue(open, calendar)?.dueAt;
  if (until !== undefined && now > until)
    throw new Rejection('conflict', 'supplement.too_late', 'Expected an answer in time, but the time is over', {
      until,
    });
  return open;
}
