import type {
  CaseBrief,
  CaseExtension,
  CaseHold,
  CaseResumption,
  HoldReasonList,
  LocalHoldReason,
} from '../../shared/contract.ts';
import { call, newActionKey } from '../../shared/http.ts';

const keyed = (id: string) => ({ params: { id }, idempotencyKey: newActionKey() });

export const holdCase = (id: string, body: CaseHold): Promise<CaseBrief> => call('holdCase', { ...keyed(id), body });

export const resumeCase = (id: string, body: CaseResumption): Promise<CaseBrief> =>
  call('resumeCase', { ...keyed(id), body });

export const extendCase = (id: string, body: CaseExtension): Promise<CaseBrief> =>
  call('extendCase', { ...keyed(id), body });

export const listHoldReasons = (): Promise<HoldReasonList> => call('listHoldReasons');

export const putHoldReasons = (items: LocalHoldReason[]): Promise<HoldReasonList> =>
  call('putHoldReasons', { body: { items } });
