import { describe, expect, it } from '@jest/globals';
import { contentHash, nextVersion } from '../../../engine/model/versions.ts';

describe('versions of a definition', () => {
  it('count from 1', () => {
    expect(nextVersion(undefined)).toBe(1);
    expect(nextVersion({ version: 4 })).toBe(5);
  });

  it('are recognised by their content', () => {
    expect(contentHash(Buffer.from('abc'))).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    expect(contentHash(Buffer.from('abc '))).not.toBe(contentHash(Buffer.from('abc')));
  });
});
