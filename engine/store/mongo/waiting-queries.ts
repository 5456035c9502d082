import type { IncidentQuery, IncidentRow, MessageRow, SubscriptionRow } from '../ports.ts';
import { keyOf, keyOrNull, whole } from './keys.ts';
import { incidentOf, messageOf, subscriptionOf } from './rows.ts';
import type { Session } from './session.ts';

export async function findSubscriptions(
  { into }: Session,
  name: string,
  key: string | null,
  page?: { after: string; limit: number },
): Promise<SubscriptionRow[]> {
  const found = into.subscriptions
    .find({ name: keyOf(name), key: { $eq: keyOrNull(key) }, ...(page && { _id: { $gt: keyOf(page.after) } }) })
    .sort({ _id: 1 });
  return (await (page ? found.limit(whole(page.limit)) : found).toArray()).map(subscriptionOf);
}

export async function findMessage({ into }: Session, id: string): Promise<MessageRow | undefined> {
  const found = await into.messages.findOne({ _id: keyOf(id) });
  return found && !found.hidden ? messageOf(found) : undefined;
}

export async function findIncident({ into }: Session, id: string): Promise<IncidentRow | undefined> {
  const found = await into.incidents.findOne({ _id: keyOf(id), live: true });
  return found ? incidentOf(found) : undefined;
}

export async function listIncidents(
  { into }: Session,
  { definitionKey, caseId, after, limit }: IncidentQuery,
): Promise<IncidentRow[]> {
  const filter = {
    live: true,
    ...(definitionKey !== undefined && { definitionKey: keyOf(definitionKey) }),
    ...(caseId !== undefined && { caseId: keyOf(caseId) }),
    ...(after !== undefined && { _id: { $gt: keyOf(after) } }),
  };
  return (await into.incidents.find(filter).sort({ _id: 1 }).limit(whole(limit)).toArray()).map(incidentOf);
}
