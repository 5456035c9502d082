import { z } from 'zod';
import { Problem } from '../routes/vocabulary.ts';
import { problemStatuses, type RawResponse, type Route } from './route.ts';

export type JsonSchema = { [key: string]: unknown };

interface Parameter {
  name: string;
  in: string;
  required: boolean;
  description: string;
  schema: JsonSchema;
}

export interface OpenApiOperation extends JsonSchema {
  operationId: string;
  summary: string;
  description: string;
  tags: string[];
  parameters?: Parameter[];
  requestBody?: { required: boolean; content: Record<string, { schema: JsonSchema }> };
  responses: Record<string, { description: string; content?: Record<string, { schema: JsonSchema }> }>;
}

export interface OpenApiDocument extends JsonSchema {
  openapi: string;
  info: JsonSchema;
  paths: Record<string, Record<string, OpenApiOperation>>;
  components: { schemas: Record<string, JsonSchema>; securitySchemes: JsonSchema };
}

const STATUS_WORDS: Record<number, string> = {
  200: 'Done',
  201: 'Created',
  204: 'Done, nothing to say',
  400: 'The request cannot be read',
  401: 'Sign in first',
  403: 'Not allowed for this person',
  404: 'There is no such thing, or it is not for this person to see',
  406: 'The client accepts no type this route can answer with',
  409: 'Someone or something was first',
  413: 'Too large',
  415: 'Wrong content type',
  422: 'The data is readable but refused; `errors` or `details` say why',
  429: 'Too many attempts; wait as long as Retry-After says',
  500: 'A fault of the server; quote `instance`',
  503: 'The store cannot take it now; try again',
};

/** The OpenAPI 3.1 document of a list of routes. The same routes give the same document. */
export function openApiDocument(routes: readonly Route[], version: string): OpenApiDocument {
  const components: Record<string, JsonSchema> = {};
  const refer = (schema: z.ZodType, io: 'input' | 'output') => schemaOf(schema, io, components);
  const problem = { 'application/problem+json': { schema: refer(Problem, 'output') } };
  const paths: OpenApiDocument['paths'] = {};
  for (const route of routes) {
    const path = `/api${route.path.replace(/:(\w+)/g, '{$1}')}`;
    (paths[path] ??= {})[route.method] = operationOf(route, refer, problem);
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'OneVisit 一次办',
      version,
      description:
        'Case engine for one-stop government services. Instants are ISO 8601 with offset; lists are keyset-paged; refusals are RFC 9457 problem documents whose `code` is stable. Every POST may carry an Idempotency-Key: the first answer is kept for 7 days and given again. A key belongs to the person who sent it; for claiming, putting back and completing, to that request on that task.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    paths,
    components: {
      schemas: Object.fromEntries(Object.entries(components).sort(([a], [b]) => (a < b ? -1 : 1))),
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'onevisit_session', description: 'Set by signing in' },
        token: { type: 'http', scheme: 'bearer', description: 'API token of an integrator' },
      },
    },
  };
}

function operationOf(
  route: Route,
  refer: (schema: z.ZodType, io: 'input' | 'output') => JsonSchema,
  problem: Record<string, { schema: JsonSchema }>,
): OpenApiOperation {
  const parameters: Parameter[] = [...parametersOf(route.params, 'path'), ...parametersOf(route.query, 'query')];
  if (route.method === 'post' && route.permission !== 'anyone')
    parameters.push({
      name: 'Idempotency-Key',
      in: 'header',
      required: false,
      description: 'Any text that is new for a new request; the same key gives the first answer again for 7 days',
      schema: { type: 'string', minLength: 1, maxLength: 255, pattern: '^[!-~]+$' },
    });
  const operation: OpenApiOperation = {
    operationId: route.operationId,
    summary: route.summary,
    description: `${route.description}\n\nPermission: \`${route.permission}\`.`,
    tags: [route.path.split('/')[1]!],
    security: route.permission === 'anyone' ? [] : [{ session: [] }, { token: [] }],
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(route.body
      ? { requestBody: { required: true, content: { 'application/json': { schema: refer(route.body, 'input') } } } }
      : {}),
    ...(route.upload ? { requestBody: { required: true, content: uploadContent(route.upload) } } : {}),
    responses: {},
  };
  for (const [status, response] of Object.entries(route.responses)) {
    const description = STATUS_WORDS[Number(status)]!;
    if (response === null) operation.responses[status] = { description };
    else if (isRaw(response))
      operation.responses[status] = {
        description: response.description,
        content: { [response.content]: { schema: { type: 'string' } } },
      };
    else
      operation.responses[status] = {
        description,
        content: { 'application/json': { schema: refer(response, 'output') } },
      };
  }
  for (const status of problemStatuses(route))
    operation.responses[status] = { description: STATUS_WORDS[status]!, content: problem };
  return operation;
}

function parametersOf(schema: z.ZodObject | undefined, place: 'path' | 'query'): Parameter[] {
  if (!schema) return [];
  const found: Record<string, JsonSchema> = {};
  const object = schemaOf(schema, 'input', found) as { properties: Record<string, JsonSchema>; required?: string[] };
  return Object.entries(object.properties).map(([name, { description, ...rest }]) => ({
    name,
    in: place,
    required: place === 'path' || (object.required ?? []).includes(name),
    description: typeof description === 'string' ? description : name,
    schema: inline(rest, found),
  }));
}

/** Parameters carry their schema in place: a component that only a query uses would be noise. */
function inline(schema: JsonSchema, found: Record<string, JsonSchema>): JsonSchema {
  const reference = typeof schema.$ref === 'string' ? found[schema.$ref.split('/').at(-1)!] : undefined;
  if (!reference) return schema;
  return without(reference, 'description');
}

function uploadContent(upload: NonNullable<Route['upload']>): Record<string, { schema: JsonSchema }> {
  const file = { type: 'string', contentMediaType: 'application/octet-stream' };
  const properties = Object.fromEntries(
    Object.entries(upload.fields).map(([name, most], position) => [
      name,
      {
        ...(most === 1 ? file : { type: 'array', items: file, maxItems: most }),
        description: position === 0 ? 'The file' : 'Files that travel with it',
      },
    ]),
  );
  const required = [Object.keys(upload.fields)[0]!];
  const content: Record<string, { schema: JsonSchema }> = {
    'multipart/form-data': { schema: { type: 'object', properties, required } },
  };
  for (const type of upload.raw ?? []) content[type] = { schema: { type: 'string', description: 'The file' } };
  return content;
}

/** A schema as JSON Schema 2020-12; named ones move into `components` and are referred to. */
function schemaOf(schema: z.ZodType, io: 'input' | 'output', components: Record<string, JsonSchema>): JsonSchema {
  const json = z.toJSONSchema(schema, {
    io,
    override: ({ jsonSchema }) => {
      if (jsonSchema.format === 'date-time') delete jsonSchema.pattern; // the format says it; zod's pattern is unreadable
      if (isObject(jsonSchema.propertyNames)) delete jsonSchema.propertyNames; // names of JSON objects are strings anyway
    },
  }) as JsonSchema;
  const { $defs } = json;
  const moved = relocate(without(json, '$schema', '$defs')) as JsonSchema;
  for (const [name, definition] of Object.entries(isObject($defs) ? $defs : {}))
    components[name] = relocate(definition) as JsonSchema;
  const id = z.globalRegistry.get(schema)?.id;
  if (!id || moved.$ref) return moved;
  components[id] = moved;
  return { $ref: `#/components/schemas/${id}` };
}

function relocate(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(relocate);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== 'id' || typeof value.id !== 'string' || !('type' in value || '$ref' in value))
      .map(([key, inner]) => [
        key,
        key === '$ref' ? String(inner).replace('#/$defs/', '#/components/schemas/') : relocate(inner),
      ]),
  );
}

function isObject(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isRaw(response: z.ZodType | RawResponse): response is RawResponse {
  return 'content' in response && 'description' in response && typeof response.content === 'string';
}

function without(schema: JsonSchema, ...names: string[]): JsonSchema {
  return Object.fromEntries(Object.entries(schema).filter(([name]) => !names.includes(name)));
}
