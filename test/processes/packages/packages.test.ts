import { describe, expect, it } from '@jest/globals';
import { compileExpression } from '../../../engine/expressions/index.ts';
import { loadPackages, type Package } from '../../../processes/catalogue/index.ts';
import { loadDirectory } from '../../../processes/directory/index.ts';
import { readBpmn, type BpmnElement } from './read-bpmn.ts';

const packages = await loadPackages();
const directory = loadDirectory();
const named = packages.map((pack) => [pack.item.name, pack] as const);

const attribute = (element: BpmnElement, name: string): string | undefined => element.$attrs[`ov:${name}`];

describe('the process packages', () => {
  it('are the two things of the first issue', () => {
    expect(packages.map(({ key }) => key)).toEqual(['second-hand-home', 'small-warehouse']);
  });
});

describe.each(named)('%s', (_, pack) => {
  it('promises in the model what the guide promises', async () => {
    const { process } = await readBpmn(pack.bpmn);
    const { promise, department } = pack.item;
    expect(process.id).toBe(pack.key);
    expect(process.name).toBe(pack.item.name);
    expect([Number(attribute(process, 'promise')), attribute(process, 'unit')]).toEqual([promise.value, promise.unit]);
    expect(attribute(process, 'department')).toBe(department);
  });

  it('gives every user task a form of its own and a department of the directory, or the applicant', async () => {
    const { elements } = await readBpmn(pack.bpmn);
    const tasks = elements.filter(({ $type }) => $type === 'bpmn:UserTask');
    const forms = tasks.map((task) => attribute(task, 'form')!);
    expect(new Set(forms).size).toBe(tasks.length);
    for (const task of tasks) {
      expect(Object.keys(pack.forms)).toContain(attribute(task, 'form'));
      const department = attribute(task, 'department');
      if (attribute(task, 'assignee') === '=applicant') expect(department).toBeUndefined();
      else expect(directory.findDepartment(department!)).toBeDefined();
    }
  });

  it('has somebody in the demo city for every department that works on it', async () => {
    const { elements } = await readBpmn(pack.bpmn);
    const needed = new Set(
      elements.flatMap((element) =>
        element.$type === 'bpmn:UserTask' ? (attribute(element, 'department') ?? []) : [],
      ),
    );
    const staffed = directory.people.flatMap(({ departments }) => departments);
    expect([...needed].filter((department) => !staffed.includes(department))).toEqual([]);
  });

  it('lets no form lie about, and asks nothing twice', async () => {
    const { elements } = await readBpmn(pack.bpmn);
    const used = elements.map((element) => attribute(element, 'form')).filter((form) => form !== undefined);
    expect(Object.keys(pack.forms).sort()).toEqual([...new Set(used)].sort());
    const asked = Object.values(pack.forms).flatMap(({ fields }) =>
      fields.filter(({ readOnly }) => !readOnly).map(({ name }) => name),
    );
    expect(asked.filter((name, index) => asked.indexOf(name) !== index)).toEqual([]);
  });

  it('reads only variables that a form, a script or the engine sets', async () => {
    const set = new Set([
      'applicant',
      ...(await resultNames(pack)),
      ...Object.values(pack.forms).flatMap(({ fields }) => fields.map(({ name }) => name)),
    ]);
    for (const [where, text] of await expressions(pack)) {
      const compiled = compileExpression(text);
      expect([where, compiled.ok]).toEqual([where, true]);
      if (compiled.ok) expect([where, compiled.expression.names.filter((name) => !set.has(name))]).toEqual([where, []]);
    }
  });
});

describe('the 29 days of the small warehouse', () => {
  it('are the sum of its stages along the longest way', async () => {
    const { elements } = await readBpmn(packages.find(({ key }) => key === 'small-warehouse')!.bpmn);
    const promise = (id: string): number =>
      Number(
        attribute(
          elements.find((element) => element.id === id)!,
          'promise',
        ),
      );
    const longest = (...ids: string[]): number => Math.max(...ids.map(promise));
    const land = promise('accept') + longest('filing', 'landPermit');
    const planning =
      promise('designReview') + longest('planningPermit', 'civilDefence', 'connectWater', 'connectPower', 'connectGas');
    const permit = longest('drawingCommitment', 'fireReview') + promise('constructionPermit');
    const acceptance =
      longest('checkPlanning', 'checkFire', 'checkDefence', 'checkArchive') +
      promise('opinion') +
      promise('completionFiling') +
      promise('deliver');
    expect([land, planning, permit, acceptance]).toEqual([5, 8, 6, 10]);
  });
});

async function resultNames(pack: Package): Promise<string[]> {
  const { elements } = await readBpmn(pack.bpmn);
  return elements.map((element) => attribute(element, 'result')).filter((name) => name !== undefined);
}

async function expressions(pack: Package): Promise<[string, string][]> {
  const { elements, messages } = await readBpmn(pack.bpmn);
  return [...elements, ...messages].flatMap((element) => {
    const texts = [
      attribute(element, 'assignee'),
      attribute(element, 'expression'),
      attribute(element, 'correlationKey'),
      element.script,
      element.conditionExpression?.body,
    ];
    return texts.filter((text) => text !== undefined).map((text): [string, string] => [element.id, text]);
  });
}
