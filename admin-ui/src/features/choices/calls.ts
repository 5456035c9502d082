import type { CaseChoices } from '../../shared/contract.ts';
import { call, newActionKey } from '../../shared/http.ts';

/** Begins these activities of an open ad-hoc sub-process. */
export const chooseActivities = (id: string, token: string, activities: readonly string[]): Promise<CaseChoices> =>
  call('chooseActivities', {
    params: { id, token },
    body: { activities: [...activities] },
    idempotencyKey: newActionKey(),
  });

/** Lets the sub-process end: nothing more is chosen in it. */
export const completeChoice = (id: string, token: string): Promise<CaseChoices> =>
  call('completeChoice', { params: { id, token }, idempotencyKey: newActionKey() });
