import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { notTested } from './not-tested.ts';

const { CI } = process.env;
const written = jest.spyOn(process.stderr, 'write');
beforeEach(() => void written.mockReset().mockReturnValue(true));
afterEach(() => {
  if (CI === undefined) delete process.env.CI;
  else process.env.CI = CI;
});

it('fails in CI', () => {
  process.env.CI = 'true';
  expect(() => notTested('no MongoDB')).toThrow('NOT TESTED: no MongoDB');
});

it('is said aloud elsewhere', () => {
  delete process.env.CI;
  expect(notTested('no MongoDB')).toBeUndefined();
  expect(written).toHaveBeenCalledWith('NOT TESTED: no MongoDB\n');
});
