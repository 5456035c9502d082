import { Rejection } from '../../../engine/kernel/rejection.ts';
import { checkProcess, findStartForm, getVersion, publishProcess } from '../../../processes/casework/index.ts';
import { created, ok } from '../reply.ts';
import { presentForm, presentMaterials } from '../items/present.ts';
import { presentDefinition, presentDefinitions, presentFinding, presentLimit } from './present.ts';
import { publicationOf } from './publication.ts';
import { KeyParams } from '../items/schema.ts';
import { DefinitionDetail, DefinitionParams, Definitions, Deployment, UploadCheck } from './schema.ts';
import { route } from '../../http/route.ts';

const processFile = {
  raw: ['application/xml', 'text/xml', 'application/octet-stream'],
  fields: { file: 1, forms: 50 },
  maxBytes: 5_500_000,
};

export const definitionRoutes = [
  route({
    method: 'post',
    path: '/definitions/check',
    operationId: 'checkDefinition',
    summary: 'Check a BPMN file',
    description:
      'Reads and checks the file and answers all findings; publishes nothing. The file is the body, or the part `file` of a form.',
    permission: 'definitions.deploy',
    upload: processFile,
    responses: { 200: UploadCheck },
    handler: async ({ files }, house) => {
      const { ok: passed, key, name, processes, xml, findings } = await checkProcess(house, publicationOf(files));
      return ok({ ok: passed, key, name, processes: [...processes], xml, findings: findings.map(presentFinding) });
    },
  }),
  route({
    method: 'post',
    path: '/definitions',
    operationId: 'deployDefinition',
    summary: 'Publish a BPMN file',
    description:
      'Checks the file and publishes it as the next version of its key. Form definitions (JSON) may travel in the parts `forms`. The same content again publishes nothing and answers 200. A file with errors is refused with code `definition.findings`.',
    permission: 'definitions.deploy',
    upload: processFile,
    responses: { 200: Deployment, 201: Deployment },
    handler: async ({ files, viewer }, house) => {
      const {
        definition,
        created: isNew,
        others,
        findings,
      } = await publishProcess(house, publicationOf(files), viewer);
      const graph = await house.engine.getGraph(definition.id);
      const answer = {
        definition: presentDefinition(house, definition, graph, viewer),
        created: isNew,
        others: await presentDefinitions(
          house,
          others.map((other) => other.definition),
          viewer,
        ),
        findings: findings.map(presentFinding),
      };
      return isNew ? created(answer) : ok(answer);
    },
  }),
  route({
    method: 'get',
    path: '/definitions',
    operationId: 'listDefinitions',
    summary: 'Newest version of every definition',
    description: 'Sorted by name.',
    permission: 'signed-in',
    responses: { 200: Definitions },
    handler: async ({ viewer }, house) => {
      const newest = await house.store.listDefinitions();
      newest.sort((a, b) => a.name.localeCompare(b.name, 'zh') || (a.key < b.key ? -1 : 1));
      return ok(await presentDefinitions(house, newest, viewer));
    },
  }),
  route({
    method: 'get',
    path: '/definitions/:id',
    operationId: 'getDefinition',
    summary: 'One version',
    description: 'With its start form, materials and promise limit.',
    permission: 'signed-in',
    params: DefinitionParams,
    responses: { 200: DefinitionDetail },
    problems: [404],
    handler: async ({ params, viewer }, house) => {
      const definition = await getVersion(house.engine, params.id);
      const graph = await house.engine.getGraph(definition.id);
      return ok({
        ...presentDefinition(house, definition, graph, viewer),
        startForm: presentForm(findStartForm(definition, graph)),
        materials: presentMaterials(definition),
        promise: presentLimit(graph.limit),
      });
    },
  }),
  route({
    method: 'get',
    path: '/definitions/:id/xml',
    operationId: 'getDefinitionXml',
    summary: 'The BPMN of one version',
    description: 'As Unicode text, for the diagram viewer.',
    permission: 'signed-in',
    params: DefinitionParams,
    responses: { 200: { content: 'application/xml', description: 'BPMN 2.0' } },
    problems: [404],
    handler: async ({ params }, house) => ok((await getVersion(house.engine, params.id)).xml),
  }),
  route({
    method: 'get',
    path: '/definitions/:key/versions',
    operationId: 'listDefinitionVersions',
    summary: 'All versions of a definition',
    description: 'Newest first.',
    permission: 'signed-in',
    params: KeyParams,
    responses: { 200: Definitions },
    problems: [404],
    handler: async ({ params, viewer }, house) => {
      const versions = await house.store.listDefinitions(params.key);
      if (versions.length === 0)
        throw new Rejection(
          'not-found',
          'definition.not_found',
          `Expected versions of '${params.key}', but there are none`,
        );
      return ok(await presentDefinitions(house, versions, viewer));
    },
  }),
];
