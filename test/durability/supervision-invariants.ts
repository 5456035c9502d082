import { groupBy } from '../../engine/kernel/group-by.ts';
import type { Circumstances, FinalCase, HistoryEvent } from './evidence.ts';
import { otherwise } from './otherwise.ts';
import type { ShownOrder, ShownReason } from './shown.ts';

/**
 * The page of a case and the lists of the house show the urges, orders and public reasons that the histories tell of, each
 * once and as it stands at the end.
 */
export function supervisionStands(cases: readonly FinalCase[], { lists }: Circumstances): string[] {
  const told = cases.flatMap(ordersOf);
  const byCase = groupBy(
    told.flatMap((order) => order.cases.map((id) => ({ id, order }))),
    ({ id }) => id,
  );
  const faults = cases.flatMap(({ id, history, supervision }) => {
    if (!supervision) return [];
    const ordered = byCase.get(id)?.map(({ order }) => order) ?? [];
    const { urges, orders, reasons } = supervision;
    const urged = history.filter(({ type }) => type === 'case.urged').length;
    return [
      ...otherwise(`case ${id} shows other urges`, urged, urges.count),
      ...otherwise(`case ${id} shows other orders`, inOrder(ordered), inOrder(orders.map(shownOrder))),
      ...otherwise(`case ${id} shows other public reasons`, reasonsOf(history), inOrder(reasons.map(shownReason))),
    ];
  });
  if (!lists) return faults;
  return [
    ...faults,
    ...missing('order', told, lists.orders.map(shownOrder)),
    ...missing(
      'public reason',
      cases.flatMap(({ history }) => reasonsOf(history)),
      lists.reasons.map(shownReason),
    ),
  ];
}

type Row = { readonly id: string };

/** What the list of the house has otherwise than the histories tell, row by row: the list is long. */
function missing(what: string, told: readonly Row[], listed: readonly Row[]): string[] {
  const ids = new Set([...told, ...listed].map(({ id }) => id));
  return [...ids].flatMap((id) => {
    const rows = (all: readonly Row[]) => all.filter((each) => each.id === id);
    return otherwise(`${what} ${id} is listed otherwise`, rows(told), rows(listed));
  });
}

const inOrder = <Each extends Row>(rows: readonly Each[]) => [...rows].sort((a, b) => (a.id < b.id ? -1 : 1));

function shownOrder({ number, cases, what, status, reply, verdict, revocation }: ShownOrder) {
  const text = (said: { text: string } | null) => said?.text ?? null;
  const said = { reply: text(reply), verdict: text(verdict), revocation: text(revocation) };
  return { id: number, cases: cases.map(({ id }) => id), what, status, ...said };
}

/** Those that a case keeps, as they stand by what was done with each, one event after the other. */
function ordersOf({ id: keeper, history }: FinalCase) {
  const orders: ReturnType<typeof shownOrder>[] = [];
  for (const { type, data } of history) {
    const [status] = /(?<=^order\.)(issued|replied|returned|accepted|revoked)$/.exec(type) ?? [];
    if (status === undefined) continue;
    const text = data.text as string;
    const place = orders.findIndex(({ id }) => id === data.number);
    const before = orders[place];
    if (status === 'issued' || !before) {
      const cases = [keeper, ...((data.others ?? []) as readonly string[])];
      const about = { id: data.number as string, cases, what: data.what as string };
      orders.push({ ...about, status, reply: null, verdict: null, revocation: null });
    } else if (status === 'replied') orders[place] = { ...before, status, reply: text, verdict: null };
    else if (status === 'revoked') orders[place] = { ...before, status, revocation: text };
    else orders[place] = { ...before, status, verdict: text };
  }
  return orders;
}

function shownReason({ id, status, answer }: ShownReason) {
  return { id, status, text: answer?.text ?? null };
}

function reasonsOf(history: readonly HistoryEvent[]) {
  const given = history.filter(({ type }) => type === 'reason.given');
  const asked = history.filter(({ type }) => type === 'reason.asked');
  return inOrder(
    asked.map(({ data }) => {
      const answer = given.find((each) => each.data.id === data.id);
      return { id: data.id as string, status: answer ? 'given' : 'asked', text: (answer?.data.text as string) ?? null };
    }),
  );
}
