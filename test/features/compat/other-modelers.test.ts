import { describe, expect, it } from '@jest/globals';
import { checkUpload } from '../../../engine/model/index.ts';
import { deskWith, findingsOf, fixtureOf } from '../../support/desk.ts';
import { APPLICANT, at } from '../../support/office.ts';

describe('a model of another modeler', () => {
  it('Flowable: its own namespace says the same', async () => {
    const desk = await deskWith('other/flowable-expense');
    const { id } = await desk.start('expense', { deputy: 'wang' });
    expect(await desk.task(id, 'approve')).toMatchObject({
      groups: ['managers'],
      users: ['wang'],
      form: 'approve',
      dueAt: at('2026-03-04'),
    });
    await desk.complete(id, 'approve', { approved: false });
    expect(await desk.task(id, 'fix')).toMatchObject({ assignee: APPLICANT.id });
    await desk.complete(id, 'fix');
    await desk.complete(id, 'approve', { approved: true });
    await desk.work('pay');
    expect(await desk.status(id)).toBe('completed');
  });

  it('Flowable: what is said about it has its prefix, in the name and in the way out', async () => {
    const { findings } = await checkUpload(Buffer.from(fixtureOf('other/flowable-java')));
    const said = findings.map(({ element, en }) => `${element}: ${en}`);
    expect(said).toContainEqual(
      expect.stringMatching(/^check: flowable:class cannot run here: .*flowable:type="external"/),
    );
    expect(said).toContain('check: Attribute flowable:triggerable has no effect here');
    expect(said).toContainEqual(expect.stringMatching(/^approve: flowable:taskListener cannot run here/));
    expect(said).toContainEqual(expect.stringMatching(/^approve: flowable:formProperty has no effect here/));
    // an older part of the file
    expect(said).toContainEqual(expect.stringMatching(/^pay: activiti:delegateExpression cannot run here/));
    expect(said).toContain('undo: Content flowable:asyncBefore has no effect at this element');
    for (const { zh, en } of findings) expect(zh + en).not.toContain('camunda:');
    expect(findings.find(({ element }) => element === 'check')!.zh).toContain('flowable:class');
  });

  it('any other prefix is the one the file has given to the namespace', async () => {
    const renamed = fixtureOf('other/flowable-java')
      .replaceAll('flowable:', 'old-tool:')
      .replace('xmlns:flowable', 'xmlns:old-tool');
    const { findings } = await checkUpload(Buffer.from(renamed));
    expect(findings.find(({ element }) => element === 'check')!.en).toContain('old-tool:class cannot run here');
  });

  it('Activiti: potential owners and performers of plain BPMN', async () => {
    const desk = await deskWith('other/activiti-vacation');
    const { id } = await desk.start('vacationRequest');
    expect(await desk.task(id, 'handle')).toMatchObject({ groups: ['management'], users: ['kermit'], status: 'open' });
    await desk.complete(id, 'handle', { vacationApproved: 'false' });
    expect(await desk.task(id, 'adjust')).toMatchObject({ assignee: APPLICANT.id });
    await desk.complete(id, 'adjust');
    await desk.complete(id, 'handle', { vacationApproved: 'true' });
    expect(await desk.status(id)).toBe('completed');
  });

  it('Signavio: root elements, vendor data and drawings never stop an upload', async () => {
    expect((await findingsOf('other/signavio-application')).filter((finding) => finding.startsWith('error'))).toEqual(
      [],
    );
    const desk = await deskWith('other/signavio-application');
    const { id } = await desk.start('sid-application');
    expect(await desk.task(id, 'sid-check')).toMatchObject({ groups: ['clerks'] });
    await desk.complete(id, 'sid-check', { complete: false });
    await desk.complete(id, 'sid-check', { complete: true });
    expect(await desk.status(id)).toBe('completed');
  });

  it('bpmn.io: a plain drawing runs as it stands', async () => {
    expect(await findingsOf('other/bpmn-io')).toEqual([]);
    const desk = await deskWith('other/bpmn-io');
    expect(await desk.status((await desk.start('Process_1', { done: true })).id)).toBe('completed');
  });
});
