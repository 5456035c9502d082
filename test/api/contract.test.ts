import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { clientTypes } from '../../api/http/client-types.ts';
import { openApiDocument, type JsonSchema } from '../../api/http/openapi.ts';
import { routes } from '../../api/routes/index.ts';
import { VERSION } from '../../api/version.ts';

const document = openApiDocument(routes, VERSION);
const checkedIn = (file: string) => readFileSync(new URL(`../../api/contract/${file}`, import.meta.url), 'utf8');
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
);

describe('the HTTP contract', () => {
  it('is checked in as the routes declare it (run `npm run openapi` after a change)', () => {
    expect(JSON.parse(checkedIn('openapi.json'))).toEqual(JSON.parse(JSON.stringify(document)));
    expect(checkedIn('client.ts')).toBe(clientTypes(document));
  });

  it('names every operation once, and says what it does', () => {
    const ids = operations.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { operation } of operations) {
      expect(operation.operationId).toMatch(/^[a-z][A-Za-z]+$/);
      expect(operation.summary.length).toBeGreaterThan(2);
      expect(operation.description).toContain('Permission:');
      expect(operation.summary).not.toMatch(/\.$/);
    }
  });

  it('describes every property, parameter and component', () => {
    const silent: string[] = [];
    for (const [name, schema] of Object.entries(document.components.schemas)) {
      if (!schema.description) silent.push(name);
      walk(schema, name, silent);
    }
    for (const { operation } of operations)
      for (const parameter of operation.parameters ?? [])
        if (!parameter.description) silent.push(`${operation.operationId} ${parameter.name}`);
    expect(silent).toEqual([]);
  });

  it('declares a path parameter for each place in a path', () => {
    for (const { path, operation } of operations) {
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
      const declared = (operation.parameters ?? []).filter((p) => p.in === 'path').map((p) => p.name);
      expect(declared).toEqual(inPath);
    }
  });

  it('refers only to components that exist', () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)].map(
      (match) => match[1]!,
    );
    expect(references.filter((name) => !(name in document.components.schemas))).toEqual([]);
    expect(JSON.stringify(document)).not.toContain('$defs');
  });

  it('gives every refusal as a problem document', () => {
    for (const { operation } of operations)
      for (const [status, response] of Object.entries(operation.responses))
        if (Number(status) >= 400) expect(Object.keys(response.content ?? {})).toEqual(['application/problem+json']);
  });

  it('declares that a token which is not ours is refused everywhere', () => {
    for (const { operation } of operations) expect(operation.responses).toHaveProperty('401');
  });
});

function walk(schema: JsonSchema, at: string, silent: string[]): void {
  for (const [name, property] of Object.entries((schema.properties ?? {}) as Record<string, JsonSchema>)) {
    if (!property.description) silent.push(`${at}.${name}`);
    walk(property, `${at}.${name}`, silent);
  }
  if (schema.items) walk(schema.items as JsonSchema, `${at}[]`, silent);
}
