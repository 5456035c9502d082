import { describe, expect, it } from '@jest/globals';
import {
  directoryOf,
  loadDirectory,
  may,
  permissions,
  worksFor,
  type Permission,
  type Role,
  ROLES,
} from '../../../processes/directory/index.ts';

const directory = loadDirectory();

describe('the demo city', () => {
  it('has a card for every role, and two handlers who can claim the same task', () => {
    const count = (role: Role): number => directory.people.filter((person) => person.role === role).length;
    expect((['designer', 'supervisor', 'integrator'] as const).map(count)).toEqual([1, 1, 1]);
    expect(count('applicant')).toBe(2);
    expect(directory.people.filter((person) => worksFor(person, 'housing')).length).toBe(3);
    expect(directory.headOf('housing')?.name).toBe('何局长');
    expect(directory.headOf('bank')).toBeUndefined();
    expect(directory.headOf('__proto__')).toBeUndefined();
  });

  it('finds people and departments by id', () => {
    expect(directory.getPerson('window-zhou').departments).toEqual(['window']);
    expect(directory.departmentsOf(directory.getPerson('handler-wu')).map(({ name }) => name)).toEqual([
      '人民防空办公室',
      '城建档案馆',
    ]);
    expect(directory.findPerson('nobody')).toBeUndefined();
    expect(() => directory.getPerson('nobody')).toThrow(expect.objectContaining({ code: 'person.not_found' }));
    expect(() => directory.getDepartment('__proto__')).toThrow(
      expect.objectContaining({ code: 'department.not_found' }),
    );
  });
});

describe('a directory that contradicts itself', () => {
  const region = { code: '210500', name: '市' };
  const departments = [{ id: 'tax', name: '税务局', kind: 'department' as const }];
  const person = { id: 'p', name: '甲', title: '', role: 'handler' as const, departments: ['tax'], description: '' };

  it.each([
    ['works for an unknown department', [{ ...person, departments: ['moon'] }]],
    ['has an unknown role', [{ ...person, role: 'king' as unknown as Role }]],
    ['is given twice', [person, person]],
    ['handles for nobody', [{ ...person, departments: [] }]],
  ])('is refused: somebody %s', (_, people) => {
    expect(() => directoryOf({ region, departments, people: [person] })).not.toThrow();
    expect(() => directoryOf({ region, departments, people })).toThrow(
      expect.objectContaining({ code: 'directory.invalid' }),
    );
  });
});

describe('a department headed by somebody who does not work there', () => {
  it.each(['p', 'nobody'])('is refused: %s', (head) => {
    const region = { code: '210500', name: '市' };
    const departments = [
      { id: 'tax', name: '税务局', kind: 'department' as const, head },
      { id: 'fire', name: '消防', kind: 'department' as const },
    ];
    const people = [
      { id: 'p', name: '甲', title: '', role: 'handler' as const, departments: ['fire'], description: '' },
    ];
    expect(() => directoryOf({ region, departments, people })).toThrow(
      expect.objectContaining({ code: 'directory.invalid' }),
    );
  });
});

describe('who may do what', () => {
  const rolesWith = (permission: Permission): Role[] => ROLES.filter((role) => may({ role }, permission));

  it.each<[Permission, Role[]]>([
    ['definitions.deploy', ['designer']],
    ['cases.start', ['designer', 'handler', 'head', 'applicant']],
    ['cases.read', ['designer', 'handler', 'head', 'supervisor', 'governmentHead', 'applicant']],
    ['cases.cancel', ['designer', 'supervisor', 'applicant']],
    ['cases.choose', ['designer', 'handler', 'head', 'supervisor']],
    ['cases.repair', ['designer', 'supervisor']],
    ['cases.hold', ['handler', 'head', 'supervisor']],
    ['cases.extend', ['head']],
    ['cases.urge', ['handler', 'head', 'supervisor', 'applicant']],
    ['orders.read', ['handler', 'head', 'supervisor']],
    ['orders.issue', ['supervisor']],
    ['orders.reply', ['handler', 'head']],
    ['reasons.give', ['handler', 'head']],
    ['cases.extendJointly', ['governmentHead']],
    ['cases.supplement', ['handler', 'head']],
    ['cases.answer', ['applicant']],
    ['holdReasons.edit', ['designer']],
    ['tasks.read', ['designer', 'handler', 'head', 'supervisor', 'governmentHead', 'applicant']],
    ['tasks.handle', ['handler', 'head', 'applicant']],
    ['board.read', ['supervisor']],
    ['incidents.handle', ['designer', 'supervisor']],
    ['notices.resend', ['designer', 'supervisor']],
    ['calendars.load', ['designer']],
    ['messages.send', ['supervisor', 'integrator']],
    ['jobs.work', ['integrator']],
  ])('%s: %p', (permission, roles) => {
    expect(rolesWith(permission)).toEqual(roles);
  });

  it('leaves no permission untested', () => {
    expect(Object.keys(permissions).length).toBe(25);
  });
});
