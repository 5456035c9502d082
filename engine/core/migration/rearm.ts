import type { Node, ProcessGraph, Trigger } from '../../model/graph.ts';
import { triggersOf } from '../../model/triggers-of.ts';
import { AWAITING } from '../activity.ts';
import { announce, disarm, prepareEvents } from '../armed.ts';
import { armedKey, eventOfKey, indexOfKey } from '../armed-key.ts';
import type { Run } from '../run.ts';
import type { Armed, CaseState, Token } from '../state.ts';
import { timeOf } from '../triggers/clock-timer.ts';
import { visibleVariables } from '../variables.ts';
import { eventsBeside, waitsOf } from './fits.ts';
import type { Crossing } from './mapping.ts';

/**
 * What a token armed goes over with its due dates and keys as they are; what has no counterpart is disarmed, and what the
 * new version adds is armed now. An event that has happened already is not armed again. `token` carries its new node.
 */
export function rearmToken(run: Run, crossing: Crossing, before: CaseState, token: Token): void {
  const old = eventsAt(crossing.from, before, before.tokens[token.id]!);
  const now = eventsAt(crossing.to, run.state, token);
  const images = new Map(old.map((event) => [event.id, imageOf(crossing, event, old, now)]));
  const known = new Set([...images.values()].map((event) => event?.id));
  const kept: Record<string, Armed> = {};
  for (const [key, armed] of Object.entries(token.armed ?? {})) {
    const image = images.get(eventOfKey(key));
    const target = image && armedKey(image, indexOfKey(key));
    const lapsed = !image || isOther(crossing.from.nodes[eventOfKey(key)]!, image, indexOfKey(key), armed);
    const again = lapsed ? armed : inNewTime(run, armed, token);
    const moves = again !== armed || target !== key;
    if (lapsed || moves) disarm(run, token.id, key, armed);
    if (lapsed) known.delete(image?.id);
    else {
      kept[target!] = again;
      if (moves) announce(run, token.id, target!, again);
    }
  }
  const fresh = now.filter((event) => !known.has(event.id));
  const made = prepareEvents(run, fresh, visibleVariables(run, token.scope, token.locals), token) ?? {};
  for (const [key, armed] of Object.entries(made)) {
    if (kept[key]) continue;
    kept[key] = armed;
    announce(run, token.id, key, armed);
  }
  if (Object.keys(kept).length > 0) token.armed = kept;
  else delete token.armed;
  const watches = Object.values(kept).some(({ type, done }) => type === 'condition' && !done);
  if (!watches && run.state.conditions?.[token.id]) run.unwatchConditions(token.id);
}

/** The event of the new version that stands for an old one at the same token; undefined where it waits for something else. */
function imageOf(crossing: Crossing, event: Node, old: readonly Node[], now: readonly Node[]): Node | undefined {
  // an event sub-process has one start event, whatever its id
  const only = event.kind === 'startEvent' && old.length === 1 && now.length === 1 ? now[0] : undefined;
  const image = only ?? now.find((each) => each.id === crossing.node(event.id)?.id);
  return image && waitsOf(image) === waitsOf(event) ? image : undefined;
}

/** A timer that counts as limits do moves with those of the new version. */
function inNewTime(run: Run, armed: Armed, token: Token): Armed {
  if (!('term' in armed) || armed.done) return armed;
  const dueAt = timeOf(run, armed.term, token);
  return dueAt === armed.dueAt ? armed : { ...armed, dueAt };
}

/** Another message, signal, condition or due date to hang on in the new version: what was awaited will not come. */
function isOther(old: Node, image: Node, index: number, armed: Armed): boolean {
  const [was, is] = [triggersOf(old)[index], triggersOf(image)[index]];
  if ('name' in armed)
    return was !== undefined && is !== undefined && 'name' in was && 'name' in is && was.name !== is.name;
  if (was?.type === 'timer' && is?.type === 'timer') return clockText(was) !== clockText(is);
  return was?.type === 'conditional' && is?.type === 'conditional' && was.condition.text !== is.condition.text;
}

/** What of a timer has to stay for it to keep its time: whether it counts as limits do, and beside which due date how much. */
function clockText(trigger: Trigger & { type: 'timer' }): string {
  if (trigger.kind !== 'clock') return '';
  const { anchor, value, unit } = trigger;
  return anchor ? [anchor.side, anchor.limit, anchor.of, value.text, unit].join(' ') : 'clock';
}

/** Every event that a token in this place arms: its own, its boundary events, or the start of its event sub-process. */
function eventsAt(graph: ProcessGraph, state: CaseState, token: Token): Node[] {
  const node = graph.nodes[token.node]!;
  if (token.wait === 'listener') return [graph.nodes[graph.entries[node.id]![0]!]!];
  if (isUnderWay(token) || compensates(state, token)) return [];
  const scope = state.scopes[token.scope]!;
  const isInstance = scope.kind === 'instance' && scope.node === node.id;
  const repeats = token.wait === 'scope' && (node.multi ?? node.loop) !== undefined;
  return [
    ...(AWAITING.has(node.kind) && !(repeats && !isInstance) ? [node] : []),
    ...(isInstance ? [] : eventsBeside(graph, node)),
  ];
}

/** Parked on the way in or out: nothing is armed there. */
function isUnderWay({ wait, incident, resume }: Token): boolean {
  if (wait === 'continue' || resume) return true;
  return incident !== undefined && !['work', 'finish', 'condition'].includes(incident.phase);
}

/** Waits for what is being undone; the activity itself is over. */
function compensates(state: CaseState, token: Token): boolean {
  return (
    token.wait === 'scope' &&
    Object.values(state.scopes).some((scope) => scope.owner === token.id && scope.kind === 'compensation')
  );
}
