import type { DiagramToken, Finding, Light } from '../../shared/contract.ts';
import { lights, lightShape } from '../light/light-shape.ts';

export type MarkKind = Exclude<Light, 'grey'> | 'passed' | 'error' | 'warning' | 'related';

/** Something to show at one element: colour, and a badge when `sign` is given. */
export interface DiagramMark {
  element: string;
  kind: MarkKind;
  sign?: string;
  /** The words behind the sign, left out where the drawing has no room for them. */
  text?: string;
  /** The badge in full, for a screen reader. */
  label?: string;
}

export interface Words {
  light: (light: Light) => string;
  wait: (wait: DiagramToken['wait']) => string;
  element: (place: DiagramToken) => string;
  severity: (severity: Finding['severity']) => string;
  sentence: (finding: Finding) => string;
}

/** The worst light first, and of one light what is due first. */
export function byUrgency(a: DiagramToken, b: DiagramToken): number {
  return lights.indexOf(a.light) - lights.indexOf(b.light) || (a.dueAt ?? '').localeCompare(b.dueAt ?? '');
}

/**
 * Passed elements and flows, and one badge per element that holds tokens: the worst light, and how many. Without a limit
 * it says what is waited for; a sub-process without one has no badge, as what is inside says enough.
 */
export function tokenMarks(tokens: DiagramToken[], passed: string[], words: Words): DiagramMark[] {
  const marks: DiagramMark[] = passed.map((element) => ({ element, kind: 'passed' }));
  for (const [element, here] of groupBy(tokens, (token) => token.element)) {
    const light = lights.find((candidate) => here.some((token) => token.light === candidate)) ?? 'none';
    const count = here.reduce((sum, token) => sum + (token.count ?? 1), 0);
    const times = count > 1 ? ` ×${count}` : '';
    const { wait } = here[0]!;
    const state = light !== 'none' || wait === 'task' ? words.light(light) : words.wait(wait);
    const silent = light === 'none' && wait === 'scope';
    marks.push({
      element,
      kind: light === 'grey' ? 'none' : light,
      ...(!silent && { sign: lightShape(light), text: `${state}${times}` }),
      label: `${words.element(here[0]!)} ${state}${times}`,
    });
  }
  return marks;
}

/**
 * One badge per element that has findings; an error outweighs a warning. What the selected finding speaks about besides
 * is marked without a badge.
 */
export function findingMarks(findings: Finding[], words: Words, selected: string | null = null): DiagramMark[] {
  const placed = findings.filter((finding) => finding.element);
  const related = placed.filter(({ element }) => element === selected).flatMap((finding) => finding.related ?? []);
  const marks = [...groupBy(placed, (finding) => finding.element)].map(([element, here]) => {
    const severity: Finding['severity'] = here.some((finding) => finding.severity === 'error') ? 'error' : 'warning';
    return {
      element,
      kind: severity,
      ...badgeOf(severity, here.length, words),
      label: here.map(words.sentence).join('\n'),
    };
  });
  return [...marks, ...[...new Set(related)].map((element) => ({ element, kind: 'related' as const }))];
}

/** Errors in words; warnings are often many, and a sign leaves room for the drawing. */
function badgeOf(severity: Finding['severity'], count: number, words: Words): Pick<DiagramMark, 'sign' | 'text'> {
  const times = count > 1 ? String(count) : '';
  if (severity === 'warning') return { sign: '!', text: times };
  return { sign: '✖', text: [words.severity(severity), times].filter(Boolean).join(' ') };
}

function groupBy<T>(list: readonly T[], key: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of list) groups.set(key(one), [...(groups.get(key(one)) ?? []), one]);
  return groups;
}
