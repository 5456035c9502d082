import type { CaseNote, Engine } from '../../engine/engine.ts';
import type { JsonObject } from '../../engine/kernel/json.ts';
import type { ProcessGraph } from '../../engine/model/graph.ts';
import type { CaseRow, Commit, TaggedDocument } from '../../engine/store/ports.ts';
import { SYSTEM, type OtherPhase } from '../../engine/index.ts';
import { getVersion } from '../casework/versions.ts';
import { itemOf } from '../casework/version-resources.ts';
import {
  alsoConcerned,
  clockKey,
  supervisionOf,
  withSupervision,
  type EscalationLight,
  type Supervision,
} from './annex.ts';
import { datesOf } from './dates-of.ts';
import type { SupervisionDeps } from './deps.ts';
import { newOrder, nextOrderNumber, orderData } from './issue-order.ts';
import { orderDocument, type Order } from './order.ts';
import { orderInWords } from './order-words.ts';
import { askForReason, reasonData, reasonDocument, type OverdueReason } from './overdue-reason.ts';
import { groupsOfTask, responsibleDepartments, toldInstead } from './responsible.ts';
import { rulesOf, type EscalationRules, type EscalationStep } from './rules.ts';
import type { Subject } from './subject.ts';
import { isUnattended } from './timeline-words.ts';
import { oneMore } from './urge.ts';

/** A clock that has reached a light. */
export interface Reached {
  readonly caseId: string;
  readonly light: EscalationLight;
  /** Of the task; '' for the case. */
  readonly token: string;
  readonly node: string;
  /** What was promised; for deep red, what the law allows. */
  readonly dueAt: number;
  /** The date that this one came instead of when both had passed: the same delay. */
  readonly since?: number;
  /** Of a case: that it is its acceptance review or its delivery. */
  readonly of?: OtherPhase;
}

/**
 * Takes the steps that the item's rules set for a light, once for each clock and due date, and once for a delay whose date
 * moved. A due date that is no longer that one, as where the clock stands still, a task that is done and a case that has
 * ended escalate nothing. `fence`: the follow-up that this is.
 */
export async function escalate(deps: SupervisionDeps, reached: Reached, fence: Commit['fence']): Promise<void> {
  const { engine } = deps;
  const row = await engine.getCase(reached.caseId);
  if (isSettled(row, reached)) return;
  const rules = await findRules(engine, row);
  await engine.noteCase(
    {
      caseId: row.id,
      ...(fence && { fence }),
      async decide(now, graph) {
        const date = isSettled(now, reached) ? undefined : await itsDate(deps, now, graph, reached);
        if (!date) return { events: [] };
        const concerned = await concernedBy(engine, now, graph, reached);
        return takeSteps({ deps, row: now, graph, reached, rules, ...date, ...concerned });
      },
    },
    SYSTEM,
  );
}

async function findRules(engine: Engine, { definitionId }: CaseRow): Promise<EscalationRules> {
  return rulesOf(itemOf(await getVersion(engine, definitionId)));
}

/** Nothing is left to escalate: over, done, or escalated before. */
function isSettled(row: CaseRow, { token, light, dueAt }: Reached): boolean {
  if (row.status !== 'active') return true;
  if (token !== '' && row.state.tokens[token]?.wait !== 'task') return true;
  return supervisionOf(row).escalated?.[clockKey(row, token)]?.[light] === dueAt;
}

/**
 * By this node's calendar, or as it stands in the store: another node may have read a notice of holidays first. Undefined where
 * it is no longer that one.
 */
async function itsDate(
  { engine: { store }, calendar }: SupervisionDeps,
  row: CaseRow,
  graph: ProcessGraph,
  { token, dueAt }: Reached,
): Promise<Pick<Circumstances, 'provisional'> | undefined> {
  const counted = datesOf(row, graph, calendar, token).find(({ at }) => at === dueAt);
  if (counted) return { provisional: counted.provisional };
  const stored =
    token === '' ? row : (await store.listTasksOfCase(row.id)).find((task) => task.token === token && !task.endedAt);
  return stored && [stored.dueAt, stored.statutoryAt].includes(dueAt) ? { provisional: stored.provisional } : undefined;
}

interface Concerned {
  /** Those that answer for it. */
  readonly departments: readonly string[];
  /**
   * What the event says of whom it concerns: of a task who may take it; of a case who is told, where neither its open tasks nor
   * itself say so.
   */
  readonly told: { readonly departments?: string[]; readonly groups?: string[] };
}

async function concernedBy(engine: Engine, row: CaseRow, graph: ProcessGraph, { token }: Reached): Promise<Concerned> {
  if (token !== '') {
    const groups = groupsOfTask(row, graph, token);
    return { departments: groups.slice(0, 1), told: { groups: [...groups] } };
  }
  const told = await toldInstead(engine, row, graph);
  return { departments: told.departments ?? (await responsibleDepartments(engine, row, graph)), told };
}

interface Circumstances extends Concerned {
  readonly deps: SupervisionDeps;
  readonly row: CaseRow;
  readonly graph: ProcessGraph;
  readonly reached: Reached;
  /** A notice of holidays may still move the date. */
  readonly provisional: boolean;
  readonly rules: EscalationRules;
}

/** What goes on record, while one step follows the other. */
interface Draft {
  readonly events: { type: string; node?: string; token?: string; data: JsonObject }[];
  readonly documents: TaggedDocument[];
  readonly reasons: OverdueReason[];
  readonly orders: Order[];
  urges: Supervision['urges'];
}

async function takeSteps(here: Circumstances): Promise<CaseNote> {
  const { row, reached, rules, told } = here;
  const { token, light, dueAt, since } = reached;
  const { reasons = [], orders = [], urges, escalated = {} } = supervisionOf(row);
  const clock = clockKey(row, token);
  const isKnown = since !== undefined && escalated[clock]?.[light] === since;
  const draft: Draft = { events: [], documents: [], reasons: [...reasons], orders: [...orders], urges };
  const steps = isKnown ? [] : rules[token === '' ? 'case' : 'task'][light];
  for (const step of steps) await TAKE[step](here, draft);
  const done: Supervision = {
    escalated: { ...escalated, [clock]: { ...escalated[clock], [light]: dueAt } },
    ...(draft.reasons.length > 0 && { reasons: draft.reasons }),
    ...(draft.orders.length > 0 && { orders: draft.orders }),
    ...(draft.urges && { urges: draft.urges }),
    ...alsoConcerned(row, [
      ...[...draft.orders, ...draft.reasons].map(({ department }) => department),
      ...(told.departments ?? []),
    ]),
  };
  return { events: draft.events, annex: withSupervision(row, done), documents: draft.documents };
}

const TAKE: Readonly<Record<EscalationStep, (here: Circumstances, draft: Draft) => void | Promise<void>>> = {
  notify(here, draft) {
    const { deps, reached, told } = here;
    // came too late to warn of what is to come: what happens at red tells the same people that it has passed
    if (reached.light === 'yellow' && deps.engine.now() > reached.dueAt) return;
    draft.events.push({ type: 'deadline.warned', ...about(reached), data: { ...limitOf(here), ...told } });
  },
  urge(here, draft) {
    const { deps, reached, told } = here;
    if (isUnattended(told)) return tellSupervisors(here, draft);
    draft.urges = oneMore(draft.urges, deps.engine.now());
    draft.events.push({ type: 'case.urged', ...about(reached), data: { role: 'system', ...limitOf(here), ...told } });
  },
  askReason(here, draft) {
    const { deps, row, graph, reached, provisional, departments } = here;
    const { node, light, dueAt, of } = reached;
    const limit: Pick<OverdueReason, 'limit'> = light === 'deepRed' ? { limit: 'statutory' } : {};
    const subject = subjectOf(reached);
    if (departments.length === 0) tellSupervisors(here, draft);
    for (const department of departments) {
      const asked = askForReason(
        row,
        { ...subject, department, name: nameOf(graph, node), dueAt, ...limit },
        deps.engine.now(),
        draft.reasons,
      );
      if (!asked) continue;
      draft.reasons.push(asked);
      draft.documents.push(reasonDocument(asked));
      draft.events.push({
        type: 'reason.asked',
        ...about(reached),
        data: { ...reasonData(deps, asked), ...(of && { of }), ...(provisional && { provisional }) },
      });
    }
  },
  async order(here, draft) {
    const { deps, row, graph, reached, rules, departments } = here;
    const { token, node, light, dueAt, of } = reached;
    const subject = subjectOf(reached);
    if (departments.length === 0) tellSupervisors(here, draft);
    const rule = `${token === '' ? 'case' : 'task'}.${light}`;
    const name = nameOf(graph, node);
    for (const department of departments) {
      const stands = draft.orders.find((order) => isAbout(order, { rule, department, ...subject }));
      if (stands) {
        draft.events.push({
          type: 'order.stands',
          ...about(reached),
          data: { ...orderData(deps, stands), light, limit: dueAt, ...(of && { of }) },
        });
        continue;
      }
      const { zh: what } = orderInWords({ ...subject, warning: light }, name);
      const terms = {
        ...subject,
        department,
        what,
        ...(name && { name }),
        rule,
        warning: light,
        days: rules.replyDays,
      };
      const order = newOrder(deps, row, await nextOrderNumber(deps), terms, SYSTEM.id);
      draft.orders.push(order);
      draft.documents.push(orderDocument(order));
      const data = { ...orderData(deps, order), warning: light, ...(of && { of }) };
      draft.events.push({ type: 'order.issued', ...about(reached), data });
    }
  },
};

/** Whether an open order demands the same already, be it of a date that moved since, or of a task whose step was renamed. */
function isAbout(order: Order, { rule, department, node, token, of }: Pick<Order, 'rule' | 'department'> & Subject) {
  const same = order.rule === rule && order.department === department && order.of === of;
  // those of older versions name no task
  return same && (order.token === undefined ? order.node === node : order.token === token);
}

function subjectOf({ node, token, of }: Reached): Subject {
  return { node, ...(token !== '' && { token }), ...(of && { of }) };
}

/** No department could be urged, asked or ordered: once for what several steps would have done. */
function tellSupervisors(here: Circumstances, { events }: Draft): void {
  if (events.some(({ data }) => isUnattended(data))) return;
  events.push({ type: 'deadline.warned', ...about(here.reached), data: { ...limitOf(here), departments: [] } });
}

/** Which date of the clock the event is about. */
function limitOf({ reached: { light, dueAt }, provisional }: Circumstances): JsonObject {
  return { light, dueAt, ...(provisional && { provisional }) };
}

function about({ node, token }: Reached): { node?: string; token?: string } {
  return node === '' ? {} : { node, token };
}

/** '' for the whole case. */
function nameOf(graph: ProcessGraph, node: string): string {
  return node === '' ? '' : graph.nodes[node]?.name || node;
}
