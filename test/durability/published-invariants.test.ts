import { describe, expect, it } from '@jest/globals';
import type { Exchange } from './evidence.ts';
import { filesStay } from './file-invariants.ts';
import { published } from './published-invariants.ts';
import type { Lists } from './shown.ts';

const NOTHING: Lists = { orders: [], reasons: [], versions: [], calendars: [], files: {} };

/** A request that was answered, or with status 0 was not. */
const asked = (verb: Exchange['verb'], data: Record<string, unknown>, body?: object, status = 201): Exchange => ({
  ...{ sent: 0, answered: 1, node: 0, who: 'ding', verb, key: 'k1', status, data },
  ...(body && { body }),
});

describe('of what is published the checker', () => {
  const publication = asked('publish', { name: 'v2' }, { definition: { version: 2 } });
  const unanswered = asked('publish', { name: 'v2' }, undefined, 0);
  const notice = asked('calendar', { version: 'c2' }, {});
  const found = (log: readonly Exchange[], lists: Partial<Lists>) =>
    published(log, [], { lists: { ...NOTHING, ...lists } });

  it('finds nothing wrong where each is there once, a calendar over whatever version of the country', () => {
    const lists = { versions: [{ version: 2, name: 'v2' }], calendars: ['c2+cn-1', 'c21'] };
    expect(found([unanswered, publication, notice], lists)).toEqual([]);
  });
  it('finds nothing wrong where nobody was answered, and it is not there', () => {
    expect(found([unanswered, asked('calendar', { version: 'c2' }, undefined, 0)], {})).toEqual([]);
  });
  it('finds a version that was acknowledged and is not there', () => {
    expect(found([publication], {})).toEqual(["version 'v2' was acknowledged, and is not there"]);
  });
  it('finds one that is there twice in a row, also where nobody was answered', () => {
    const versions = [3, 2].map((version) => ({ version, name: 'v2' }));
    expect(found([unanswered], { versions })).toEqual(["version 'v2' is there twice in a row"]);
  });
  it('finds nothing wrong where one came once more after another had been published', () => {
    const versions = ['v2', 'v3', 'v2'].map((name, index) => ({ version: index + 2, name }));
    expect(
      found([publication, asked('publish', { name: 'v2' }, { definition: { version: 4 } })], { versions }),
    ).toEqual([]);
  });
  it('finds one that has another number than was told', () => {
    const versions = [{ version: 3, name: 'v2' }];
    expect(found([publication], { versions })).toEqual(["version 'v2' was published as 2 and is 3"]);
  });
  it('finds a calendar that is not there, or twice', () => {
    expect(found([notice], { calendars: ['c21'] })).toEqual(['calendar c2 was acknowledged, and is not there']);
    expect(found([notice], { calendars: ['c2', 'c2+cn-1'] })).toEqual(['calendar c2 is there 2 times']);
  });
});

describe('of files the checker', () => {
  const upload = asked('upload', { content: 'whole' }, { id: 'f1' });
  const found = (files: Lists['files']) => filesStay([upload], new Map(), { lists: { ...NOTHING, files } });

  it('finds nothing wrong where they are as they were handed in', () => {
    expect(found({ f1: 'whole' })).toEqual([]);
  });
  it('finds one that is lost', () => {
    expect(found({})).toEqual(['file f1 was uploaded and is lost']);
  });
  it('finds one of which a part is there', () => {
    expect(found({ f1: 'who' })).toEqual(['file f1 was uploaded and has become another']);
  });
  it('finds one that its case does not show', () => {
    const answer = { ...asked('answer', { remedies: [{ files: ['f1'] }] }), target: 'case-1' };
    expect(filesStay([answer], new Map(), { lists: NOTHING })).toEqual([
      'file f1 was handed in, and the page of case case-1 does not show it once',
    ]);
  });
});
