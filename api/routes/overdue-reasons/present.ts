import type { z } from 'zod';
import type { Person } from '../../../processes/directory/index.ts';
import { isAsked, mayGiveReason, reasonStatus, type OverdueReason } from '../../../processes/supervision/index.ts';
import type { House } from '../../house.ts';
import { presentSaid } from '../orders/present.ts';
import { departmentReference, instant, instantOrNull } from '../present.ts';
import type { OverdueReason as Presented } from './schema.ts';

export function presentReason(house: House, reason: OverdueReason, viewer: Person): z.input<typeof Presented> {
  const { node, name } = reason;
  return {
    id: reason.id,
    case: { id: reason.caseId, number: reason.caseNumber, title: reason.caseTitle },
    department: departmentReference(house, reason.department),
    element: node === '' ? null : { id: node, name },
    of: reason.of ?? null,
    dueAt: instant(reason.dueAt),
    limit: reason.limit ?? 'promise',
    askedAt: instant(reason.askedAt),
    status: reasonStatus(reason),
    answer: presentSaid(house, reason.answer),
    withdrawnAt: instantOrNull(reason.withdrawnAt),
    can: { give: isAsked(reason) && mayGiveReason(viewer, reason) },
  };
}
