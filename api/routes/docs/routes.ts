import { ok } from '../reply.ts';
import { DOCS_PAGE } from './page.ts';
import { openApiJson } from './openapi-json.ts';
import { route } from '../../http/route.ts';

export const docsRoutes = [
  route({
    method: 'get',
    path: '/openapi.json',
    operationId: 'getOpenApi',
    summary: 'This document',
    description: 'OpenAPI 3.1.',
    permission: 'anyone',
    responses: { 200: { content: 'application/json', description: 'OpenAPI 3.1 document' } },
    handler: () => ok(openApiJson()),
  }),
  route({
    method: 'get',
    path: '/docs',
    operationId: 'getDocs',
    summary: 'Browse this document',
    description: 'A page that reads the document and lets you try it.',
    permission: 'anyone',
    responses: { 200: { content: 'text/html', description: 'Page' } },
    handler: () => ok(DOCS_PAGE),
  }),
];
