import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { createApiToken, listApiTokens, revokeApiToken, tokenDocuments } from '../../api/http/api-tokens.ts';
import { BELIEVED_MS, knownTokens } from '../../api/http/known-tokens.ts';
import { memoryStore } from '../../engine/store/memory/index.ts';

const NOW = Date.parse('2026-03-02T09:00:00+08:00');

describe('tokens that a node has seen', () => {
  let store: ReturnType<typeof memoryStore>;
  let token: string;
  let asked: jest.SpiedFunction<typeof store.getDocument>;
  const documents = () => tokenDocuments(store);
  const revoke = async () => revokeApiToken(documents(), (await listApiTokens(documents()))[0]!.id, NOW);

  /** The machine's two clocks. */
  const machine = { steady: 0, wall: 0 };
  const passes = (ms: number) => {
    machine.steady += ms;
    machine.wall += ms;
  };
  beforeEach(async () => {
    Object.assign(machine, { steady: 1_000, wall: NOW });
    jest.spyOn(performance, 'now').mockImplementation(() => machine.steady);
    jest.spyOn(Date, 'now').mockImplementation(() => machine.wall);
    store = memoryStore();
    token = await createApiToken(documents(), { person: 'integrator-wei', expiresAt: NOW + 3_000 });
    asked = jest.spyOn(store, 'getDocument');
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await store.close();
  });

  it('act without asking the store, until they expire', async () => {
    const known = knownTokens(store);
    await known.refresh();
    expect(await known.personOf(token, NOW + 2_999)).toBe('integrator-wei');
    expect(await known.personOf(token, NOW + 3_000)).toBeUndefined();
    expect(asked).not.toHaveBeenCalled();
  });

  it('act at once when they are new, and never when they are unknown', async () => {
    const known = knownTokens(store);
    expect(await known.personOf(token, NOW)).toBe('integrator-wei');
    await known.refresh();
    const next = await createApiToken(documents(), { person: 'handler-li' });
    expect(await known.personOf(next, NOW)).toBe('handler-li');
    expect(await known.personOf('ovt_wrong', NOW)).toBeUndefined();
  });

  it('no longer act once the node has seen that they are revoked', async () => {
    const known = knownTokens(store);
    await known.refresh();
    await revoke();
    await known.refresh();
    expect(await known.personOf(token, NOW)).toBeUndefined();
  });

  it.each([
    ['time passes', () => passes(BELIEVED_MS)],
    ['the machine sleeps', () => (machine.wall += BELIEVED_MS)],
    ['the clock of the machine is set back meanwhile', () => (passes(BELIEVED_MS), (machine.wall -= BELIEVED_MS))],
  ])('are believed for five seconds where the node sees nothing more, and %s', async (_, happens) => {
    const known = knownTokens(store);
    await known.refresh();
    await revoke();
    passes(BELIEVED_MS - 1);
    expect(await known.personOf(token, NOW)).toBe('integrator-wei');
    passes(1 - BELIEVED_MS);
    happens();
    expect(await known.personOf(token, NOW)).toBeUndefined();
  });

  it('are believed from when the store was asked, however late its answer came', async () => {
    const known = knownTokens(store);
    const list = store.listDocuments.bind(store);
    jest.spyOn(store, 'listDocuments').mockImplementationOnce(async (collection) => {
      const found = await list(collection);
      passes(BELIEVED_MS);
      return found;
    });
    await known.refresh();
    await revoke();
    expect(await known.personOf(token, NOW)).toBeUndefined();
  });
});
