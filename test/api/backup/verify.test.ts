import { afterEach, expect, it, jest } from '@jest/globals';
import { tmpdir } from 'node:os';
import { verifyAndSay } from '../../../api/backup/verify.ts';
import { bpmn, chain } from '../../support/bpmn.ts';
import { office } from '../../support/office.ts';

const ONE = bpmn(`<startEvent id="s"/><userTask id="t"/><endEvent id="e"/>${chain('s', 't', 'e')}`, { id: 'one' });
afterEach(() => void jest.restoreAllMocks());

it('says that all is well where it is, and never where a history is broken or an uploaded file is gone', async () => {
  const said: string[] = [];
  jest.spyOn(console, 'log').mockImplementation((line) => void said.push(line as string));
  jest.spyOn(console, 'error').mockImplementation((line) => void said.push(line as string));
  const desk = office();
  const { id, number } = await desk.start(await desk.deploy(ONE));
  expect(await verifyAndSay(desk.store, tmpdir())).toBe(true);
  expect(said.splice(0)).toEqual([
    expect.stringMatching(/histories of 1 cases, \d+ events: each carries the hash of the one before\.$/),
    'Verified 0 uploaded files: all are there with their size.',
  ]);

  const listEvents = desk.store.listEvents.bind(desk.store);
  desk.store.listEvents = async (...asked) => (await listEvents(...asked)).map((row) => ({ ...row, actor: 'x' }));
  await desk.store.putDocument('files', 'gone', { name: '证书.txt', size: 18 });
  expect(await verifyAndSay(desk.store, tmpdir())).toBe(false);
  expect(said).toEqual([
    expect.stringMatching(/histories of 1 cases, \d+ events: 1 broken\.$/),
    `Case ${number} (${id}): its history is broken at event 1`,
    'Verified 1 uploaded files: 1 missing or of another size.',
    'Uploaded file gone is missing or has another size',
  ]);
});
