import { succeeded, type Circumstances, type Exchange, type FinalCase } from './evidence.ts';

interface Remedies {
  readonly remedies?: readonly { readonly files?: readonly string[] }[];
}

/** A file that was uploaded can be read, with what is in it; one that was handed in stands on the page of its case. */
export function filesStay(
  log: readonly Exchange[],
  byId: ReadonlyMap<string, FinalCase>,
  { lists }: Circumstances,
): string[] {
  if (!lists) return [];
  return log.filter(succeeded).flatMap(({ verb, body, data, target }) => {
    if (verb === 'upload') {
      const { id } = body as { id: string };
      if (lists.files[id] === data!.content) return [];
      return [`file ${id} was uploaded and ${lists.files[id] === undefined ? 'is lost' : 'has become another'}`];
    }
    if (verb !== 'answer') return [];
    const shown = byId.get(target!)?.clock?.supplements ?? [];
    const onPage = shown.flatMap(
      ({ answer }) => answer?.remedies.flatMap(({ files }) => files.map(({ id }) => id)) ?? [],
    );
    return ((data as Remedies).remedies ?? [])
      .flatMap(({ files = [] }) => files)
      .filter((id) => onPage.filter((each) => each === id).length !== 1)
      .map((id) => `file ${id} was handed in, and the page of case ${target} does not show it once`);
  });
}
