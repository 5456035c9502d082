import { VARIABLES } from './variables.ts';

/** Read by tools of this repository, not by the server: the address of the API for the pages in development. */
const OF_TOOLS = ['ONEVISIT_API'];
/** What Kubernetes sets in every container beside a service called `onevisit`. */
const OF_A_SERVICE = /^ONEVISIT_(SERVICE_|PORT$|PORT_\d)/;

/** Names that look like ours and are not: a typing mistake must not be taken for "not set". */
export function unknownNames(environment: Readonly<Record<string, string | undefined>>): string[] {
  return Object.keys(environment)
    .filter((name) => name.startsWith('ONEVISIT_') && !Object.hasOwn(VARIABLES, name))
    .filter((name) => !OF_TOOLS.includes(name) && !OF_A_SERVICE.test(name))
    .map((name) => {
      const near = nearest(name);
      return `${name}: there is no such variable${near ? `; is ${near} meant?` : ''}`;
    });
}

/** The variable that at most three changed, missing or added letters make of it. */
function nearest(name: string): string | undefined {
  const near = Object.keys(VARIABLES)
    .map((known) => ({ known, distance: distance(name, known) }))
    .sort((a, b) => a.distance - b.distance)[0]!;
  return near.distance <= 3 ? near.known : undefined;
}

/** Edit distance (Levenshtein). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[b.length]!;
}
