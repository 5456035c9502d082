import type { Edge, Vertex } from './net.ts';

/** Up to here pairs, and all but one, of the ways out of an inclusive split are tried. */
const PAIRED = 8;

/** Which ways out of a vertex may be taken together. Of a wide inclusive split: one, or all. */
export function choices(vertex: Vertex): Edge[][] {
  const ways = [...vertex.out];
  if (vertex.kind === 'choice') return ways.map((way) => [way]);
  if (vertex.kind !== 'some') return [ways];
  const always = ways.filter(({ taken }) => taken === 'always');
  const maybe = ways.filter(({ taken }) => taken === 'maybe');
  const fallback = ways.filter(({ taken }) => taken === 'else');
  const picks = [
    ...maybe.map((way) => [way]),
    ...(maybe.length > 3 && maybe.length <= PAIRED ? pairs(maybe) : []),
    ...(maybe.length > 2 && maybe.length <= PAIRED ? maybe.map((way) => maybe.filter((other) => other !== way)) : []),
    ...(maybe.length > 1 ? [maybe] : []),
  ].filter(areCompatible);
  const found = picks.map((pick) => [...always, ...pick]);
  if (always.length > 0) found.push(always);
  else if (fallback.length > 0) found.push(fallback);
  return found;
}

function areCompatible(ways: readonly Edge[]): boolean {
  return (
    ways.every((one) => one.excludes.size === 0) ||
    ways.every((one, at) => ways.slice(at + 1).every((other) => !one.excludes.has(other)))
  );
}

function pairs(ways: readonly Edge[]): Edge[][] {
  return ways.flatMap((one, at) => ways.slice(at + 1).map((other) => [one, other]));
}
