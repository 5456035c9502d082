/** One hostile request: method, path, and what makes it hostile. */
export interface HostileRequest {
  method: string;
  path: string;
  body?: string | Buffer;
  headers?: Record<string, string>;
  /** Sent without a session. */
  anonymous?: boolean;
}

const json = (path: string, body: string, more: Partial<HostileRequest> = {}): HostileRequest => ({
  method: 'POST',
  path,
  body,
  headers: { 'content-type': 'application/json' },
  ...more,
});

/** Requests that must be answered with a 4xx problem document. */
export const hostileRequests: Record<string, HostileRequest> = {
  'malformed JSON': json('/api/cases', '{"definition":'),
  'JSON that is a number': json('/api/cases', '5'),
  'JSON that is null': json('/api/cases', 'null'),
  'an array for an object': json('/api/cases', '[]'),
  'JSON nested 50,000 deep': json('/api/cases', `${'['.repeat(50_000)}${']'.repeat(50_000)}`),
  '2 MB of JSON': json('/api/cases', JSON.stringify({ definition: 'x'.repeat(2_000_000) })),
  'a __proto__ key in the data': json('/api/cases', '{"definition":"hostile-ok","data":{"__proto__":{"admin":true}}}'),
  'a constructor key in the data': json(
    '/api/cases',
    '{"definition":"hostile-ok","data":{"constructor":{"prototype":{"admin":true}}}}',
  ),
  'a number for a name': json('/api/cases', '{"definition":5,"data":{}}'),
  'a database operator for a name': json('/api/cases', '{"definition":{"$gt":""},"data":{}}'),
  'an unknown definition': json('/api/cases', '{"definition":"nowhere","data":{}}'),
  'XML where JSON belongs': {
    method: 'POST',
    path: '/api/cases',
    body: '<a/>',
    headers: { 'content-type': 'application/xml' },
  },
  'a form where JSON belongs': {
    method: 'POST',
    path: '/api/cases',
    body: 'a=1',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  },
  'no content type': { method: 'POST', path: '/api/cases', body: '{}', headers: { 'content-type': '' } },
  'a broken multipart body': {
    method: 'POST',
    path: '/api/definitions',
    body: '--x\r\nnonsense',
    headers: { 'content-type': 'multipart/form-data; boundary=x' },
  },
  'a multipart body without a boundary': {
    method: 'POST',
    path: '/api/definitions',
    body: 'x',
    headers: { 'content-type': 'multipart/form-data' },
  },
  'JSON where a model belongs': json('/api/definitions', '{}'),
  'no session': { method: 'GET', path: '/api/tasks', anonymous: true },
  'a forged session': {
    method: 'GET',
    path: '/api/tasks',
    anonymous: true,
    headers: { cookie: 'onevisit_session=eyJwIjoiYWRtaW4ifQ.AAAA' },
  },
  'a wrong token': { method: 'GET', path: '/api/tasks', anonymous: true, headers: { authorization: 'Bearer nothing' } },
  'a token with line noise': {
    method: 'GET',
    path: '/api/tasks',
    anonymous: true,
    headers: { authorization: `Bearer ${'%00'.repeat(500)}` },
  },
  'a path that leaves the house': { method: 'GET', path: '/api/files/..%2f..%2f..%2fetc%2fpasswd' },
  'a path with a null byte': { method: 'GET', path: '/api/files/%00' },
  'a path that does not decode': { method: 'GET', path: '/api/cases/%E0%A4%A' },
  'an id that is no id': { method: 'GET', path: '/api/cases/<script>alert(1)</script>' },
  'the id __proto__': { method: 'GET', path: '/api/cases/__proto__' },
  'a task id with dots': { method: 'GET', path: '/api/tasks/a.b.c.d' },
  'an id of 7,000 characters': { method: 'GET', path: `/api/tasks/${'9'.repeat(7_000)}` },
  'a limit of minus one': { method: 'GET', path: '/api/cases?limit=-1' },
  'a limit of a billion': { method: 'GET', path: '/api/cases?limit=1000000000' },
  'a limit that is no number': { method: 'GET', path: '/api/cases?limit=many' },
  'a forged cursor': { method: 'GET', path: '/api/cases?cursor=%7B%7D' },
  'an unknown light': { method: 'GET', path: '/api/cases?light=pink' },
  'a query parameter given twice': { method: 'GET', path: '/api/cases?status=active&status=completed' },
  'an unknown route': { method: 'GET', path: '/api/nothing' },
  'a wrong method': { method: 'DELETE', path: '/api/cases' },
  'claiming nothing': json('/api/tasks/nothing/claim', '{}'),
  'completing without data': json('/api/tasks/nothing/complete', ''),
  'an empty message': json('/api/messages', '{}'),
  'a job nobody has': json('/api/jobs/nothing/complete', '{"worker":"w","fence":1,"variables":{}}'),
  'an Idempotency-Key of 10,000 characters': json('/api/cases', '{"definition":"hostile-ok","data":{}}', {
    headers: { 'content-type': 'application/json', 'idempotency-key': 'k'.repeat(10_000) },
  }),
};
