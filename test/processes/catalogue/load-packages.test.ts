import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadPackages } from '../../../processes/catalogue/index.ts';
import { dataFolder } from '../../../processes/data-folder.ts';

describe('loading process packages', () => {
  let root: string;
  const file = (path: string): string => join(root, 'second-hand-home', path);

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'packages-'));
    await cp(join(dataFolder('processes/packages'), 'second-hand-home'), join(root, 'second-hand-home'), {
      recursive: true,
    });
  });

  afterEach(() => rm(root, { recursive: true }));

  const refusal = (reason: RegExp) =>
    expect.objectContaining({
      code: 'package.invalid',
      details: { package: 'second-hand-home', reason: expect.stringMatching(reason) },
    });

  it('gives the process as it lies on disk, its item data and its checked forms', async () => {
    const [pack] = await loadPackages(root);
    expect(Buffer.from(pack!.bpmn)).toEqual(await readFile(file('process.bpmn')));
    expect(pack!.item.department).toBe('natural-resources');
    expect(pack!.forms['accept']!.fields[0]!.name).toBe('acceptDecision');
  });

  it('refuses a process that names a form the package does not hold', async () => {
    await rm(file('forms/tax-review.json'));
    await expect(loadPackages(root)).rejects.toThrow(refusal(/tax-review/));
  });

  it('refuses a form that cannot be used, naming the file', async () => {
    await writeFile(
      file('forms/accept.json'),
      '{"key":"accept","title":{"zh":"受理","en":"Accept"},"fields":[{"name":"a b"}]}',
    );
    await expect(loadPackages(root)).rejects.toThrow(refusal(/forms\/accept\.json/));
  });

  it('refuses a form file whose key is another', async () => {
    await cp(file('forms/accept.json'), file('forms/other.json'));
    await expect(loadPackages(root)).rejects.toThrow(refusal(/other\.json has the key 'accept'/));
  });

  it.each(['{', '{"key":"second-hand-home"}', '[]'])('refuses item data %p', async (text) => {
    await writeFile(file('item.json'), text);
    await expect(loadPackages(root)).rejects.toThrow(refusal(/item\.json/));
  });

  it.each([
    ['no such step', { case: { red: ['shout'] } }, /escalation\/case\/red\/0/],
    ['a step twice', { task: { yellow: ['notify', 'notify'] } }, /escalation\/task\/yellow: a step is named twice/],
    ['no such light', { case: { blue: [] } }, /escalation\/case/],
    ['no time to reply', { replyDays: 0 }, /escalation\/replyDays/],
  ])('refuses escalation rules with %s', async (_, escalation, where) => {
    const item = JSON.parse(await readFile(file('item.json'), 'utf8')) as object;
    await writeFile(file('item.json'), JSON.stringify({ ...item, escalation: { case: { red: ['urge'] } } }));
    expect((await loadPackages(root))[0]!.item.escalation).toEqual({ case: { red: ['urge'] } });
    await writeFile(file('item.json'), JSON.stringify({ ...item, escalation }));
    await expect(loadPackages(root)).rejects.toThrow(refusal(where));
  });

  it('refuses a folder without a process', async () => {
    await rm(file('process.bpmn'));
    await expect(loadPackages(root)).rejects.toThrow(refusal(/process\.bpmn is missing/));
  });
});
