import { migrateState, planMigration, type CaseState } from '../core/index.ts';
import type { Actor, CommandOptions, MigrateCase } from '../engine.ts';
import type { JsonObject } from '../kernel/json.ts';
import { Rejection } from '../kernel/rejection.ts';
import type { ProcessGraph } from '../model/graph.ts';
import type { CaseRow, DefinitionSummary, IncidentRow } from '../store/ports.ts';
import { beginPhases } from '../time/index.ts';
import { act } from './act.ts';
import type { Decision } from './build-commit.ts';
import { carriedPast, type Standpoint } from './carried-past.ts';
import type { CaseDeps } from './deps.ts';
import { keepExtensions } from './extension-units.ts';
import { checkedReason, refuseMovedOn } from './reason.ts';
import { clockIn, followStep, movedOn } from './pass-milestones.ts';
import { recount } from './recount.ts';
import { countedOtherwise } from './stored-tasks.ts';
import { untilDone } from './take-step.ts';
import { timesOf } from './times.ts';

/**
 * Takes a running case to another version of its definition, with the reason on record (`case.migrated`). Tasks keep who
 * holds them and how old they are; limits count from the same start by the new version's rules. Where it is the first version
 * with milestones the case counts as accepted at its start; where it has no acceptance review, one that runs ends accepted.
 * `case.closed`, `case.moved_on`, `case.reason_missing`, `case.reason_too_long`, `definition.not_found`,
 * `migration.same_version`, `migration.unknown_element`, `migration.extension_of_other_unit` (details: unit, limit),
 * `migration.state_would_be_lost` (details.problems)
 */
export async function migrateCase(
  deps: CaseDeps,
  migrate: MigrateCase,
  actor: Actor,
  options?: CommandOptions<CaseRow>,
): Promise<CaseRow> {
  const reason = checkedReason(migrate.reason);
  return act(deps, {
    caseId: migrate.caseId,
    actor,
    decide: async (row, graph) => {
      refuseMovedOn(row, migrate.expectedRev);
      if (row.status !== 'active') {
        throw new Rejection('conflict', 'case.closed', `Expected an active case, but it is ${row.status}`, {
          status: row.status,
        });
      }
      const target = await findTarget(deps, row, migrate.version);
      const to = await deps.graphOf(target.id);
      return decideMigration(deps, row, { graph, to, target, mapping: migrate.mapping ?? {}, reason });
    },
    result: (commit) => commit.case,
    ...(options && { options }),
  });
}

/** `definition.not_found`, `migration.same_version` */
export async function findTarget(
  { store }: CaseDeps,
  { definitionKey: key, definitionVersion }: Pick<CaseRow, 'definitionKey' | 'definitionVersion'>,
  version: number,
): Promise<DefinitionSummary> {
  if (version === definitionVersion) {
    throw new Rejection(
      'conflict',
      'migration.same_version',
      `Expected another version, but it is ${version} already`,
      {
        version,
      },
    );
  }
  const target = await store.findDefinition(`${key}:${version}`);
  if (!target) {
    throw new Rejection(
      'not-found',
      'definition.not_found',
      `Expected version ${version} of '${key}', but there is none`,
      {
        definition: key,
        version,
      },
    );
  }
  return target;
}

interface Way {
  graph: ProcessGraph;
  to: ProcessGraph;
  target: DefinitionSummary;
  mapping: Readonly<Record<string, string | null>>;
  reason: string;
}

async function decideMigration(deps: CaseDeps, row: CaseRow, way: Way): Promise<Decision> {
  const { graph, to, target, mapping, reason } = way;
  const now = deps.clock.now();
  const plan = planMigration(graph, to, mapping);
  const version = { definitionId: target.id, definitionVersion: target.version };
  const crossed = { ...row, ...version, ...beginClock(to, row, keepExtensions(row, graph, to)) };
  const times = timesOf(crossed, to, deps.calendar);
  const step = await untilDone(deps, times, (context) => migrateState(plan, row.state, context));

  const { clock, events } = followCrossing(crossed, { graph, state: row.state }, { graph: to, ...step }, now);
  const after = { row: { ...crossed, ...clock }, graph: to, state: step.state };
  const tasks = await countedOtherwise(deps, row, graph);
  const counted = recount({ before: { row, graph, tasks }, after }, deps.calendar, now);
  const data: JsonObject = {
    reason,
    from: row.definitionVersion,
    to: target.version,
    elements: { ...mapping },
    notes: [...plan.elements.values()]
      .filter(({ element }) => Object.values(row.state.tokens).some((token) => token.node === element))
      .flatMap(({ notes }) => notes.map((note) => ({ ...note }))),
    dueDates: counted.dueDates,
  };
  return {
    state: counted.state,
    events: [{ type: 'case.migrated', data }, ...events, ...counted.events],
    effects: movedOn(step.effects, counted.effects),
    tasks: counted.tasks,
    deadlines: counted.deadlines,
    change: {
      graph: to,
      row: { ...version, ...counted.row },
      lapsed: counted.lapsed,
      incidents: await movedIncidents(deps, row, step.state),
    },
  };
}

/**
 * A case that had one clock goes on with that one, so that its promise stays, and ends it by the milestones that lie ahead.
 * `kept`: its clock, where the way there changes it.
 */
function beginClock({ phases }: ProcessGraph, row: CaseRow, kept: Pick<CaseRow, 'clock'>): Pick<CaseRow, 'clock'> {
  const { clock = { holds: [], extensions: [] } } = { ...row, ...kept };
  if (!phases || clock.phases) return kept;
  return { clock: { ...clock, phases: beginPhases({ delivery: phases.delivery }, row.startedAt) } };
}

/**
 * The case has passed what lies between, and what went on as it arrived: as behind a join that was complete there. Where the
 * new version never reviews, what is not accepted yet is with that: silence must not accept what nobody there could refuse.
 */
function followCrossing(
  { clock }: Pick<CaseRow, 'clock'>,
  from: Standpoint,
  to: Standpoint & Pick<Decision, 'events'>,
  now: number,
): { clock: Pick<CaseRow, 'clock'>; events: Decision['events'] } {
  if (!clock?.phases) return { clock: clock ? { clock } : {}, events: to.events };
  const carried = carriedPast(from, to) ?? (to.graph.phases?.acceptance ? undefined : 'accepted');
  const followed = followStep(clock.phases, { ...to, before: to.state, carried }, now);
  return { clock: { clock: clockIn(clock, followed.phases) }, events: followed.events };
}

async function movedIncidents({ store }: CaseDeps, row: CaseRow, state: CaseState): Promise<IncidentRow[]> {
  if (row.incidents === 0) return [];
  const moved: IncidentRow[] = [];
  for (let after: string | undefined; ;) {
    const page = await store.listIncidents({ caseId: row.id, ...(after !== undefined && { after }), limit: 100 });
    for (const incident of page) {
      const token = state.tokens[incident.token];
      if (token?.incident && token.node !== incident.node) moved.push({ ...incident, node: token.node });
    }
    if (page.length < 100) return moved;
    after = page.at(-1)!.id;
  }
}
