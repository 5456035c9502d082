import type { z } from 'zod';
import type { Person } from '../../../processes/directory/index.ts';
import { mayGiveReason, type OverdueReason } from '../../../processes/supervision/index.ts';
import type { House } from '../../house.ts';
import { presentSaid } from '../orders/present.ts';
import { departmentReference, instant } from '../present.ts';
import type { OverdueReason as Presented } from './schema.ts';

export function presentReason(house: House, reason: OverdueReason, viewer: Person): z.input<typeof Presented> {
  const { node, name } = reason;
  return {
    id: reason.id,
    case: { id: reason.caseId, number: reason.caseNumber, title: reason.caseTitle },
    department: departmentReference(house, reason.department),
    element: node === '' ? null : { id: node, name },
    dueAt: instant(reason.dueAt),
    askedAt: instant(reason.askedAt),
    answer: presentSaid(house, reason.answer),
    can: { give: reason.answer === null && mayGiveReason(viewer, reason) },
  };
}
