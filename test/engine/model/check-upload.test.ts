import { describe, expect, it } from '@jest/globals';
import { checkUpload, compileStored } from '../../../engine/model/index.ts';
import { MAX_FINDINGS } from '../../../engine/model/check-upload.ts';
import { bpmn, chain, flow } from '../../support/bpmn.ts';
import { threadTime } from '../../support/thread-time.ts';

const bytes = (xml: string) => Buffer.from(xml);

/** A row of user tasks: two elements each, written as tersely as XML allows. */
function row(length: number): string {
  const parts = ['<startEvent id="s"/>', '<endEvent id="e"/>', flow('s', 't0'), flow(`t${length - 1}`, 'e')];
  for (let i = 0; i < length; i++) {
    parts.push(`<userTask id="t${i}" name="第${i}步" ov:department="tax"/>`);
    if (i > 0) parts.push(flow(`t${i - 1}`, `t${i}`));
  }
  return bpmn(parts.join(''));
}

/** The longest that one turn of the event loop worked meanwhile, in ms of processor time: a busy machine does not decide the test. */
async function longestTurn<Result>(work: () => Promise<Result>): Promise<{ result: Result; longest: number }> {
  let longest = 0;
  let last = threadTime();
  const watch = setInterval(() => {
    const now = threadTime();
    longest = Math.max(longest, now - last);
    last = now;
  }, 1);
  try {
    return { result: await work(), longest };
  } finally {
    clearInterval(watch);
  }
}

describe('the check of an upload', () => {
  it('gives key, name, text and graph of a model that can run', async () => {
    const xml = bpmn(`<startEvent id="s"/><endEvent id="e"/>${chain('s', 'e')}`, { id: '流程', name: '一件事' });
    const checked = await checkUpload(bytes(xml));
    expect(checked).toMatchObject({ ok: true, key: '流程', name: '一件事', xml, findings: [] });
    expect(Object.keys(checked.graphs[0]!.nodes)).toEqual(['s', 'e']);
    expect(Object.keys((await compileStored(xml)).flows)).toEqual(['s-e']);
  });

  it('lets warnings pass and puts errors first', async () => {
    const warned = await checkUpload(
      bytes(bpmn(`<startEvent id="s"/><userTask id="t"/><endEvent id="e"/>${chain('s', 't', 'e')}`)),
    );
    expect(warned).toMatchObject({ ok: true, findings: [{ rule: 'department', severity: 'warning', element: 't' }] });
    const refused = await checkUpload(
      bytes(
        bpmn(
          `<startEvent id="s"/><userTask id="t"/><callActivity id="c"/><endEvent id="e"/>${chain('s', 't', 'c', 'e')}`,
        ),
      ),
    );
    expect(refused.ok).toBe(false);
    expect(refused.graphs).toEqual([]);
    expect(refused.findings.map(({ severity }) => severity)).toEqual(['error', 'warning']);
    expect(refused.findings[0]).toMatchObject({ element: 'c', zh: expect.stringContaining('调用活动') });
  });

  it('keeps 𠮷 from UTF-16 bytes to the graph', async () => {
    const xml = bpmn(
      `<startEvent id="s"/><userTask id="&#134071;" name="𠮷" ov:department="tax"/><endEvent id="e"/>${chain('s', '𠮷', 'e')}`,
    );
    const { graphs } = await checkUpload(Buffer.from('\uFEFF' + xml, 'utf16le'));
    expect(graphs[0]!.nodes['𠮷']).toMatchObject({ name: '𠮷', incoming: ['s-𠮷'] });
  });

  it('refuses a file that is no model, and says which limit a large one broke', async () => {
    await expect(checkUpload(bytes('<!DOCTYPE a><a/>'))).rejects.toMatchObject({ code: 'upload.doctype' });
    await expect(checkUpload(bytes('hello'))).rejects.toMatchObject({ code: 'upload.not_xml' });
    await expect(checkUpload(new Uint8Array(50_000_000))).rejects.toMatchObject({ code: 'upload.too_large' });
    // read in the other thread: the refusal comes through unchanged
    const deep = `<a>${' '.repeat(300_000)}${'<a>'.repeat(200)}`;
    await expect(checkUpload(bytes(deep))).rejects.toMatchObject({
      name: 'Rejection',
      kind: 'too-large',
      code: 'upload.too_deep',
      details: { limit: 100 },
    });
  });

  it('cuts a list of findings that nobody would read', async () => {
    const { findings } = await checkUpload(
      bytes(bpmn('<startEvent id="s"/>' + '<callActivity/>'.repeat(MAX_FINDINGS))),
    );
    expect(findings).toHaveLength(MAX_FINDINGS + 1);
    expect(findings.at(-1)).toMatchObject({ rule: 'more-findings', severity: 'error' });
  });

  it('of a file near the limits leaves the event loop to others', async () => {
    const { result, longest } = await longestTurn(() => checkUpload(bytes(row(9_900))));
    expect(result.ok).toBe(true);
    expect(Object.keys(result.graphs[0]!.nodes)).toHaveLength(9_902);
    expect(longest).toBeLessThan(400);
  }, 30_000);

  it.each([
    ['20,000 times the same id', '<userTask id="a"/>'.repeat(19_000)],
    ['5 MB of references', `<documentation>${'&#65;'.repeat(900_000)}</documentation>`],
  ])(
    'of %s ends without holding the event loop',
    async (_, body) => {
      const { longest } = await longestTurn(() =>
        checkUpload(bytes(bpmn(body))).then(
          (checked) => expect(checked.ok).toBe(false),
          (refusal) => expect(refusal).toMatchObject({ code: 'upload.too_costly' }),
        ),
      );
      expect(longest).toBeLessThan(400);
    },
    30_000,
  );
});
