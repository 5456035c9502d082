import { groupBy } from '../../engine/kernel/group-by.ts';
import { succeeded, type Circumstances, type Exchange, type FinalCase } from './evidence.ts';

/**
 * Every version of a process and of a calendar that was acknowledged is there under the number that was told, and none is
 * there twice, a version of a process not in a row: one that comes late after another is published once more
 * (docs/cluster.md). A case is on the version that it was taken to last.
 */
export function published(log: readonly Exchange[], cases: readonly FinalCase[], { lists }: Circumstances): string[] {
  const moved = cases.flatMap(({ id, version, history }) => {
    const to = history.findLast(({ type }) => type === 'case.migrated')?.data.to as number | undefined;
    return to === undefined || to === version ? [] : [`case ${id} was taken to version ${to} and is on ${version}`];
  });
  if (!lists) return moved;
  const inOrder = [...lists.versions].sort((a, b) => a.version - b.version);
  const publications = groupBy(log, (each) => (each.verb === 'publish' ? each.key : undefined));
  const calendars = groupBy(log, (each) => (each.verb === 'calendar' ? each.key : undefined));
  return [
    ...moved,
    ...[...publications.values()].flatMap((tries) => {
      const { name } = tries[0]!.data!;
      const isRepeated = (each: unknown, index: number) => index > 0 && inOrder[index - 1]!.name === each;
      const found = inOrder.filter((each, index) => each.name === name && !isRepeated(each.name, index));
      const twice = inOrder.some((each, index) => each.name === name && isRepeated(each.name, index));
      const numbers = found.map(({ version }) => version);
      const told = tries
        .filter(succeeded)
        .map(({ body }) => (body as { definition: { version: number } }).definition.version);
      return [
        ...(twice ? [`version '${String(name)}' is there twice in a row`] : []),
        ...once(`version '${String(name)}'`, tries, numbers.slice(0, 1)),
        ...told
          .filter((version) => numbers.length > 0 && !numbers.includes(version))
          .map((version) => `version '${String(name)}' was published as ${version} and is ${numbers.join(', ')}`),
      ];
    }),
    ...[...calendars.values()].flatMap((tries) => {
      const { version } = tries[0]!.data!;
      // over which version of the country it lies stands behind it
      return once(
        `calendar ${String(version)}`,
        tries,
        lists.calendars.filter((each) => each.split('+')[0] === version),
      );
    }),
  ];
}

function once(what: string, tries: readonly Exchange[], found: readonly unknown[]): string[] {
  if (found.length > 1) return [`${what} is there ${found.length} times`];
  return found.length === 0 && tries.some(succeeded) ? [`${what} was acknowledged, and is not there`] : [];
}
