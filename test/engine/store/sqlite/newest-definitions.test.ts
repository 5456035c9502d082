import { describe, expect, it } from '@jest/globals';
import { NewestDefinitions } from '../../../../engine/store/sqlite/newest-definitions.ts';
import { aDefinition } from '../../../support/stores.ts';

const version = (n: number) => aDefinition({ key: 'permit', version: n, id: `permit:${n}` });

describe('the newest version of a key', () => {
  it('is read once', async () => {
    const newest = new NewestDefinitions();
    const reads: string[] = [];
    const read = () => Promise.resolve(reads.push('read') ? version(1) : undefined);
    expect(await newest.find('permit', read)).toEqual(version(1));
    expect(await newest.find('permit', read)).toEqual(version(1));
    expect(reads).toEqual(['read']);
  });

  it('is read again after another was published', async () => {
    const newest = new NewestDefinitions();
    await newest.find('permit', () => Promise.resolve(version(1)));
    await newest.publish('permit', () => Promise.resolve(true));
    expect(await newest.find('permit', () => Promise.resolve(version(2)))).toEqual(version(2));
  });

  it('is not taken from a read that a publication overtook', async () => {
    const newest = new NewestDefinitions();
    let arrive = (_: ReturnType<typeof version>) => {};
    const late = newest.find('permit', () => new Promise((resolve) => (arrive = resolve)));
    await newest.publish('permit', () => Promise.resolve(true));
    arrive(version(1));
    await late;
    expect(await newest.find('permit', () => Promise.resolve(version(2)))).toEqual(version(2));
  });

  it('is not remembered where there is none', async () => {
    const newest = new NewestDefinitions();
    expect(await newest.find('permit', () => Promise.resolve(undefined))).toBeUndefined();
    expect(await newest.find('permit', () => Promise.resolve(version(1)))).toEqual(version(1));
  });
});
