import type { ProcessGraph } from '../../engine/model/graph.ts';
import type { CaseRow, EventRow } from '../../engine/store/ports.ts';
import type { Directory } from '../directory/index.ts';
import { openTasks, tasksOfOffice } from '../supervision/responsible.ts';
import type { NoticeKind, Recipient } from './notice.ts';

interface Happened {
  readonly row: CaseRow;
  readonly graph: ProcessGraph;
  readonly event: EventRow;
}

type Find = (happened: Happened, directory: Directory) => readonly (Recipient | undefined)[];

const toApplicant: Find = ({ row }, directory) => [
  row.applicant === null ? undefined : applicant(row.applicant, directory),
];

/**
 * Those who hold or may take the open tasks it is about, and the heads of their departments; of a whole case only
 * those of the office. Without such tasks: who answers for the lead department. Where the event names departments instead:
 * those and their heads; the supervisors where there are none.
 */
const toHandlers: Find = ({ row, graph, event }, directory) => {
  const departments = event.data.departments as string[] | undefined;
  if (departments?.length) return departments.flatMap((id) => [departmentOf(id, directory), headOf(id, directory)]);
  const tasks =
    event.token === null
      ? tasksOfOffice(row, graph)
      : openTasks(row, graph).filter(({ token }) => token === event.token);
  const nobody = departments ?? (tasks.length === 0 && row.department === null);
  if (nobody) return supervisors(row, directory);
  if (tasks.length === 0) return [answersFor(row.department!, directory)];
  return tasks
    .flatMap(({ assignee, department }) => [
      assignee === null ? department && departmentOf(department, directory) : personOf(assignee, row, directory),
      department ? headOf(department, directory) : undefined,
    ])
    .map((each) => each || undefined);
};

/** Who answers for the department that the event names. */
const toHead: Find = ({ event }, directory) => [answersFor(event.data.department as string, directory)];

/** Who answers for the department whose silence was taken for consent: the task itself is over. */
const toHeadOfSilent: Find = ({ graph, event }, directory) => {
  // events of older versions do not say whose task it was
  const groups = event.data.groups ?? graph.nodes[event.node ?? '']?.assignment?.candidateGroups ?? [];
  const [department] = groups as string[];
  return [department === undefined ? undefined : answersFor(department, directory)];
};

/** Who is asked for a reason: the head, and those of the department who work on the case. */
const toHeadAndHandlers: Find = ({ row, graph, event }, directory) => {
  const department = event.data.department as string;
  const holders = openTasks(row, graph).filter((task) => task.department === department && task.assignee !== null);
  return [answersFor(department, directory), ...holders.map(({ assignee }) => personOf(assignee!, row, directory))];
};

/** Who issued the order; every supervisor where nobody did. */
const toIssuer: Find = ({ row, event }, directory) => {
  const issuer = event.data.issuedBy as string;
  if (issuer !== 'system') return [personOf(issuer, row, directory)];
  return supervisors(row, directory);
};

const FIND: Readonly<Record<NoticeKind, Find>> = {
  'deadline.warned': toHandlers,
  'task.reminded': toHandlers,
  'task.escalated': toHandlers,
  'task.consent_waits': toHandlers,
  'task.deemed': toHeadOfSilent,
  'case.urged': toHandlers,
  'reason.asked': toHeadAndHandlers,
  'reason.given': toApplicant,
  'reason.withdrawn': toHeadAndHandlers,
  'order.issued': toHead,
  'order.replied': toIssuer,
  'order.accepted': toHead,
  'order.returned': toHead,
  'order.revoked': toHead,
  'order.unfounded': toIssuer,
  'order.stands': toIssuer,
  'clock.held': toApplicant,
  'clock.hold_ended': toApplicant,
  'clock.resumed': toApplicant,
  'clock.extended': toApplicant,
  'clock.hold_overdue': toHandlers,
  'case.silence_waits': toHandlers,
  'case.accepted': toApplicant,
  'case.not_accepted': toApplicant,
  'supplement.noticed': toApplicant,
  'supplement.answered': toHandlers,
  'case.returned': toApplicant,
};

/** Who is told of an event, each once; nobody of most. */
export function recipientsOf(happened: Happened, directory: Directory): Recipient[] {
  const { type } = happened.event;
  if (!Object.hasOwn(FIND, type)) return [];
  const found = FIND[type as NoticeKind](happened, directory).filter((each) => each !== undefined);
  return [...new Map(found.map((each) => [`${each.type}:${each.id}`, each])).values()];
}

function applicant(id: string, directory: Directory): Recipient {
  return { type: 'applicant', id, name: directory.findPerson(id)?.name ?? id };
}

function personOf(id: string, row: CaseRow, directory: Directory): Recipient {
  return id === row.applicant
    ? applicant(id, directory)
    : { type: 'person', id, name: directory.findPerson(id)?.name ?? id };
}

function supervisors(row: CaseRow, directory: Directory): Recipient[] {
  return directory.people.filter(({ role }) => role === 'supervisor').map(({ id }) => personOf(id, row, directory));
}

function departmentOf(id: string, directory: Directory): Recipient {
  return { type: 'department', id, name: directory.nameOf(id) };
}

function headOf(department: string, directory: Directory): Recipient | undefined {
  const head = directory.headOf(department);
  return head && { type: 'person', id: head.id, name: head.name };
}

/** The head; the department where it names none. */
function answersFor(department: string, directory: Directory): Recipient {
  return headOf(department, directory) ?? departmentOf(department, directory);
}
