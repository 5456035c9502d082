import { describe, expect, it } from '@jest/globals';
import { createAudit } from '../../../support/mongo-audit.ts';

function problemsOf(name: string, body: Record<string, unknown>): string[] {
  const audit = createAudit();
  audit.check({ name, body });
  return audit.problems.map((problem) => problem.split(': ')[0]!);
}

const find = (collection: string, filter: object, sort?: object) =>
  problemsOf('find', { find: collection, filter, ...(sort && { sort: new Map(Object.entries(sort)) }) });
const aggregate = (...pipeline: object[]) => problemsOf('aggregate', { aggregate: 'tasks', pipeline });
const count = ($match: object, _id: string | null) => aggregate({ $match }, { $group: { _id, n: { $sum: 1 } } });
const update = (collection: string, q: object, u: object) =>
  problemsOf('update', { update: collection, updates: [{ q, u }] });

describe('the audit of MongoDB commands', () => {
  it('lets pass what a declared index serves', () => {
    expect(find('tasks', { _id: { $eq: 't' } })).toEqual([]);
    expect(find('tasks', { unfinished: true, for: { $in: ['#a'] } }, { due: 1, _id: 1 })).toEqual([]);
    expect(find('cases', { startedAt: { $lte: 1 } }, { startedAt: -1, _id: -1 })).toEqual([]);
    expect(find('jobs', { queue: { $eq: 'own' }, at: { $lte: 1 } }, { at: 1, _id: 1 })).toEqual([]);
    expect(find('jobs', { queue: { $eq: 'own' } }, { at: -1, _id: -1 })).toEqual([]);
    expect(find('cases', { pendingRev: { $gt: 0 } })).toEqual([]);
    expect(update('cases', { _id: { $eq: 'c' }, rev: { $eq: 1 } }, { $set: { rev: 2 } })).toEqual([]);
  });

  it('names a search that none serves', () => {
    const unserved = ['a search that no declared index serves'];
    expect(find('tasks', { department: { $eq: 'a' } })).toEqual(unserved);
    expect(find('tasks', { unfinished: true }, { createdAt: 1 })).toEqual(unserved);
    expect(find('jobs', { queue: { $eq: 'own' } }, { at: 1, _id: -1 })).toEqual(unserved);
    expect(find('jobs', { at: { $lte: 1 } }, { _id: 1 })).toEqual(unserved);
    expect(find('jobs', { queue: { $eq: 'own' }, node: { $eq: 'a' } }, { at: 1 })).toEqual(unserved);
    expect(find('jobs', { goneAt: { $ne: 1 } })).toEqual(unserved);
    expect(find('cases', { $or: [{ _id: { $eq: 'a' } }, { number: { $eq: 'b' } }] })).toEqual(unserved);
    expect(find('history', {})).toEqual(unserved);
    expect(count({}, '$department')).toContain(unserved[0]);
  });

  it('lets pass a count along one range of one index, and names one that reads documents', () => {
    const reads = ['a count that reads documents'];
    expect(count({ unfinished: true, until: { $lt: 1 } }, '$department')).toEqual([]);
    expect(count({ unfinished: true, clock: { $eq: 'runs' }, yellow: { $lte: 1 } }, '$department')).toEqual([]);
    expect(count({ unfinished: true, clock: { $eq: 'held' } }, '$department')).toEqual([]);
    expect(count({ unfinished: true, until: { $lt: 1 } }, '$assignee')).toEqual(reads);
    expect(count({ unfinished: true, until: { $lt: 1 }, statutory: { $gte: 1 } }, '$department')).toEqual(reads);
    expect(count({ unfinished: true, due: { $lt: 1 }, status: { $eq: 'open' } }, null)).toEqual(reads);
  });

  it('looks at every $match and $sort of an aggregate', () => {
    const served = { $match: { unfinished: true } };
    const bounded = { $match: { until: { $lt: 1 } } };
    const group = { $group: { _id: '$department', n: { $sum: 1 } } };
    expect(aggregate(served, bounded, group)).toEqual([]);
    expect(aggregate(served, { $match: { title: { $eq: 'a' } } }, group)).toContain(
      'a search that no declared index serves',
    );
    expect(aggregate(served, { $sort: { until: 1 } }, group)).toEqual([]);
    expect(aggregate(served, { $sort: { createdAt: 1 } }, group)).toEqual(['a search that no declared index serves']);
    const computed = ['a search or sort among what a stage made'];
    expect(aggregate(served, bounded, group, { $match: { n: { $gt: 1 } } })).toEqual(computed);
    expect(aggregate(served, bounded, group, { $sort: { n: -1 } })).toEqual(computed);
  });

  it('names an update or delete that does not say of which row', () => {
    const unnamed = ['an update that names neither _id nor the shard key'];
    expect(update('tasks', { caseId: { $eq: 'c' } }, { $set: { rev: 1 } })).toEqual(unnamed);
    expect(update('tasks', { _id: { $gt: 'c' } }, { $set: { rev: 1 } })).toEqual(unnamed);
    expect(update('history', { caseId: { $eq: 'c' } }, { $set: { last: 1 } })).toEqual([]);
    expect(problemsOf('delete', { delete: 'jobs', deletes: [{ q: { queue: { $eq: 'own' } } }] })).toEqual([
      'a delete without _id',
    ]);
    expect(problemsOf('findAndModify', { findAndModify: 'cases', query: {}, update: { $set: { rev: 1 } } })).toEqual(
      unnamed,
    );
  });

  it('names what not every server does', () => {
    const pretended = ['an operation that not every server does'];
    expect(update('cases', { _id: 'c' }, [{ $set: { rev: 1 } }])).toEqual(['an update by pipeline']);
    expect(update('cases', { _id: 'c' }, { $rename: { a: 'b' } })).toEqual(["an update by '$rename'"]);
    expect(update('cases', { _id: 'c' }, { $set: { 'a.b': 1 } })).toEqual(["an update of the path 'a.b'"]);
    expect(problemsOf('insert', { insert: 'cases', autocommit: false })).toEqual(['a transaction']);
    const partial = { createIndexes: 'cases', indexes: [{ key: { a: 1 }, partialFilterExpression: {} }] };
    expect(problemsOf('createIndexes', partial)).toEqual(pretended);
    expect(find('cases', { _id: 'c', $where: 'x' })).toEqual([...pretended, "a comparison by '$where'"]);
    expect(find('cases', { _id: { $exists: true } })).toHaveLength(2);
    expect(problemsOf('mapReduce', { mapReduce: 'cases' })).toEqual(["an unexpected command 'mapReduce'"]);
    expect(find('users', {})).toEqual(['an undeclared collection']);
  });

  it('is not misled by what is written', () => {
    expect(problemsOf('insert', { insert: 'cases', documents: [{ body: '"$where":' }] })).toEqual([]);
    expect(find('cases', { _id: { $eq: '"$where":"collation":' } })).toEqual([]);
  });
});
