import type { JsonObject } from '../../engine/kernel/json.ts';
import { Rejection } from '../../engine/kernel/rejection.ts';
import type { Store } from '../../engine/store/ports.ts';
import { HOLD_REASONS, type HoldReason } from '../../engine/time/index.ts';
import { isSiteVisit } from './site-visit.ts';

/** A reason to hold that the law does not list: only with the basis that the administrator has entered for it. */
export interface LocalHoldReason {
  /** Never changes: cases remember it. */
  readonly key: string;
  readonly zh: string;
  readonly en: string;
  readonly basis: string;
}

/** What a handler may ask for; the basis is never theirs to write. */
export type AskedReason = (typeof ASKED_REASONS)[number];

/** `siteVisit` is there to be refused in words: offices ask for it, and it is not among the eight (行政许可法 art. 45). */
export const ASKED_REASONS = [...HOLD_REASONS, 'siteVisit'] as const;

const COLLECTION = 'settings';
const ID = 'hold-reasons';

export async function listHoldReasons(store: Store): Promise<readonly LocalHoldReason[]> {
  const document = await store.getDocument(COLLECTION, ID);
  return (document?.reasons ?? []) as unknown as LocalHoldReason[];
}

/**
 * Puts the list in the place of the one before. What is held already goes on. `hold_reasons.duplicate`,
 * `clock.site_visit_counts`
 */
export async function putHoldReasons(store: Store, reasons: readonly LocalHoldReason[]): Promise<void> {
  reasons.forEach((reason, index) => {
    const { key } = reason;
    if (reasons.findIndex((other) => other.key === key) !== index)
      throw new Rejection('invalid', 'hold_reasons.duplicate', `Expected each key once, but '${key}' is there twice`, {
        key,
        field: `/reasons/${index}/key`,
      });
    if (isSiteVisit(reason)) throw siteVisit(`/reasons/${index}/zh`);
  });
  const document: JsonObject = { reasons: reasons.map((reason) => ({ ...reason })) };
  await store.putDocument(COLLECTION, ID, document);
}

/** The reason with its basis, as the engine takes it. `clock.site_visit_counts`, `clock.unknown_reason` */
export async function holdReasonOf(
  store: Store,
  { reason, local }: { reason: AskedReason; local?: string },
): Promise<{ reason: HoldReason; local?: { key: string; zh: string; en: string }; basis?: string }> {
  if (reason === 'siteVisit') throw siteVisit('/reason');
  if (reason !== 'local') return { reason };
  const found = (await listHoldReasons(store)).find(({ key }) => key === local);
  if (!found)
    throw new Rejection(
      'invalid',
      'clock.unknown_reason',
      `Expected a reason that the administrator has entered with a basis, but there is no '${local ?? ''}'`,
      { field: '/local', local: local ?? '' },
    );
  // entered before its words were known for what they are
  if (isSiteVisit(found)) throw siteVisit('/local');
  const { key, zh, en, basis } = found;
  return { reason, local: { key, zh, en }, basis };
}

function siteVisit(field: string): Rejection {
  return new Rejection(
    'invalid',
    'clock.site_visit_counts',
    'Expected one of the eight reasons of the law, but a site visit does not stop the clock',
    { field },
  );
}
