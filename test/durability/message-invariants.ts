import { groupBy } from '../../engine/kernel/group-by.ts';
import { eventsOf, succeeded, type Exchange, type FinalCase, type Shapes } from './evidence.ts';

/**
 * Each message that was acknowledged went to one case, the one that was named if one was; none went to two. Where one is
 * sent for each case that waits, after it waits, none is refused.
 */
export function received(log: readonly Exchange[], cases: readonly FinalCase[], shapes: Shapes): string[] {
  const takers = new Map<unknown, string[]>();
  for (const each of cases)
    for (const [element, variable] of Object.entries(shapes[each.process]!.messages ?? {}))
      for (const { data } of eventsOf(each, 'variables.set', element))
        takers.set(data[variable], [...(takers.get(data[variable]) ?? []), each.id]);
  const faults = [...takers]
    .filter(([, ids]) => ids.length > 1)
    .map(([name, ids]) => `message ${String(name)} was received by ${ids.join(' and ')}`);
  const messages = log.filter(({ verb }) => verb === 'message');
  for (const [key, answers] of groupBy(messages, (message) => message.key)) {
    const name = Object.values(answers[0]!.data ?? {})[0];
    const ids = takers.get(name) ?? [];
    const taken = answers.find(succeeded);
    const refused = answers.find(({ status }) => status >= 400 && status < 500);
    if (!taken && refused) faults.push(`message ${String(name)} was refused (${refused.status}), though a case waited`);
    if (!taken) continue;
    const { caseId } = taken.body as { caseId: string | null };
    if (ids.length === 0) faults.push(`message ${String(name)} (key ${key}) was acknowledged, and no case received it`);
    else if (caseId !== null && !ids.includes(caseId))
      faults.push(`message ${String(name)} went to case ${ids.join()}, and case ${caseId} was named`);
  }
  return faults;
}
