import type { z } from 'zod';
import type { Person } from '../../../processes/directory/index.ts';
import {
  casesOf,
  isAwaited,
  isClosed,
  refuseOrderAct,
  wordsOfRule,
  type Order,
  type Said,
} from '../../../processes/supervision/index.ts';
import type { House } from '../../house.ts';
import { departmentReference, instant, personReference } from '../present.ts';
import type { Order as Presented, Said as PresentedSaid } from './schema.ts';

export function presentOrder(house: House, order: Order, viewer: Person): z.input<typeof Presented> {
  const { node, ...rest } = order;
  const may = (act: 'reply' | 'judge' | 'revoke') => !refuseOrderAct(house.directory, viewer, order, act);
  return {
    number: rest.number,
    cases: casesOf(order),
    department: departmentReference(house, order.department),
    element: node === '' ? null : node,
    rule: rest.rule,
    warning: rest.warning,
    what: rest.what,
    words: wordsOfRule(order) ?? null,
    issuedAt: instant(rest.issuedAt),
    issuedBy: personReference(house, rest.issuedBy),
    days: rest.days ?? null,
    dueAt: instant(rest.dueAt),
    provisional: rest.provisional && !isClosed(order),
    overdue: isAwaited(order) && house.engine.now() > rest.dueAt,
    status: rest.status,
    statusAt: instant(rest.statusAt),
    reply: presentSaid(house, rest.reply),
    verdict: presentSaid(house, rest.verdict),
    revocation: presentSaid(house, rest.revocation),
    can: { reply: may('reply'), judge: may('judge'), revoke: may('revoke') },
  };
}

export function presentSaid(house: House, said: Said | null): z.input<typeof PresentedSaid> | null {
  return said && { text: said.text, by: personReference(house, said.by), at: instant(said.at) };
}
