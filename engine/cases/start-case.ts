import { eventOfKey, STATE_FORMAT, type CaseState } from '../core/index.ts';
import { newId } from '../kernel/ids.ts';
import type { ProcessGraph } from '../model/graph.ts';
import { Rejection } from '../kernel/rejection.ts';
import type { Actor, CommandOptions, StartCase } from '../engine.ts';
import type { CaseParent, CaseRow, Commit, DefinitionSummary, JobRow } from '../store/ports.ts';
import { beginPhases } from '../time/index.ts';
import { begin } from './act.ts';
import type { CaseDeps } from './deps.ts';
import { deadlineJobs } from './deadlines.ts';
import { caseTerms, dueDatesOf } from './due-terms.ts';
import { GENESIS } from './history.ts';
import { takeStep } from './take-step.ts';

const EMPTY: CaseState = { format: STATE_FORMAT, status: 'active', seq: 0, scopes: {}, tokens: {} };

/** Opens a case of the newest (or the named) version. `definition.not_found`, `case.no_start_event`, `variables.unsafe_name` */
export async function startCase(
  deps: CaseDeps,
  start: StartCase,
  actor: Actor,
  options?: CommandOptions<CaseRow>,
): Promise<CaseRow> {
  return openCase(deps, await findDefinition(deps, start), start, actor, options);
}

/** What a new case is opened with. */
export interface NewCase extends Omit<StartCase, 'definitionKey' | 'version'> {
  /** Made up when absent. */
  readonly id?: string;
  readonly parent?: CaseParent;
  readonly fence?: Commit['fence'];
  readonly consumes?: string;
  /** Jobs written with the case. */
  readonly jobs?: readonly JobRow[];
}

type Version = Pick<DefinitionSummary, 'id' | 'key' | 'version'>;

/** Opens a case of this version. `case.exists`, `case.no_start_event`, `variables.unsafe_name` */
export async function openCase(
  deps: CaseDeps,
  definition: Version,
  start: NewCase,
  actor: Actor,
  options?: CommandOptions<CaseRow>,
): Promise<CaseRow> {
  const graph = await deps.graphOf(definition.id);
  const now = deps.clock.now();
  const clock = graph.phases && { holds: [], extensions: [], phases: beginPhases(graph.phases, now) };
  const dates = dueDatesOf(caseTerms({ startedAt: now, ...(clock && { clock }) }, graph, deps.calendar));
  const before: CaseRow = {
    id: start.id ?? newId(now),
    rev: 0,
    number: start.number,
    definitionId: definition.id,
    definitionKey: definition.key,
    definitionVersion: definition.version,
    title: start.title,
    applicant: start.applicant,
    department: start.department ?? graph.department ?? null,
    status: 'active',
    startedAt: now,
    endedAt: null,
    ...dates,
    ...(clock && { clock }),
    late: [],
    incidents: 0,
    lastSeq: 0,
    lastHash: GENESIS,
    state: EMPTY,
    ...(start.parent && { parent: start.parent }),
  };
  const { startEvent, parent, fence, consumes } = start;
  const variables = withInitiator(graph, start, actor);
  const step = await takeStep(
    graph,
    { row: before, state: null },
    {
      type: 'start',
      variables,
      ...(startEvent !== undefined && { startEvent }),
      ...(parent && { called: true as const }),
    },
    deps,
  );
  const ofCase = { id: before.id, caseId: before.id, token: '', node: '' };
  const deadlines = step.state.status === 'active' ? deadlineJobs(ofCase, dates, now) : [];
  const documents = [...(start.documents?.(before.id) ?? [])];
  const decision = { ...step, deadlines: [...deadlines, ...(start.jobs ?? [])], documents };
  return begin(deps, before, graph, decision, {
    actor,
    result: (commit) => commit.case,
    ...(start.id === undefined && { fresh: true }),
    ...(options && { options }),
    ...(fence && { fence }),
    ...(consumes !== undefined && { consumes }),
  });
}

async function findDefinition({ store }: CaseDeps, { definitionKey: key, version }: StartCase): Promise<Version> {
  // whether a named version is there shows when its graph is asked for
  if (version !== undefined) return { id: `${key}:${version}`, key, version };
  const definition = await store.latestDefinition(key);
  if (!definition) {
    throw new Rejection('not-found', 'definition.not_found', `Expected a definition '${key}', but there is none`, {
      definition: key,
    });
  }
  return definition;
}

/** The start event may name a variable for who opened the case (`camunda:initiator`). */
function withInitiator(
  graph: ProcessGraph,
  start: Pick<StartCase, 'startEvent' | 'applicant' | 'variables'>,
  actor: Actor,
): StartCase['variables'] {
  const entry = (graph.entries[''] ?? [])
    .map((id) => graph.nodes[id]!)
    .find((node) => (start.startEvent === undefined ? !node.trigger : node.id === eventOfKey(start.startEvent)));
  const name = entry?.initiator;
  return name === undefined ? start.variables : { ...start.variables, [name]: start.applicant ?? actor.id };
}
