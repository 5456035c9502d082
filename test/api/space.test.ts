import { expect, it } from '@jest/globals';
import { spaceOf } from '../../api/space.ts';

it('nodes of one installation have a name in common, which tells no password', () => {
  const nodes = [
    'mongodb://a:1,b:2/city?replicaSet=r',
    'mongodb://u:pass,word@b:2,a:1/city',
    'mongodb+srv://x.example/city',
  ];
  expect(nodes.map((mongodbUri) => spaceOf({ mongodbUri, dataDir: '/data' }))).toEqual(['city', 'city', 'city']);
});

it('embedded stores in different folders are different installations', () => {
  const [one, two] = ['/data/a', '/data/b'].map((dataDir) => spaceOf({ mongodbUri: undefined, dataDir }));
  expect(one).toMatch(/^[0-9a-f]{12}$/);
  expect(one).not.toBe(two);
});
