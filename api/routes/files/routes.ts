import { created, ok } from '../reply.ts';
import { attachmentHeaders, getReadableFile } from './readable-file.ts';
import { IdParams } from '../vocabulary.ts';
import { StoredFile } from './schema.ts';
import { route } from '../../http/route.ts';

export const fileRoutes = [
  route({
    method: 'post',
    path: '/files',
    operationId: 'uploadFile',
    summary: 'Upload a file',
    description: 'At most 20 MB. Put the answer into the form data of a file field.',
    permission: 'signed-in',
    upload: { fields: { file: 1 }, maxBytes: 20_000_000 },
    responses: { 201: StoredFile },
    handler: async ({ files, viewer }, house) => {
      const [file] = files;
      return created(await house.files.add(file!, viewer.id));
    },
  }),
  route({
    method: 'get',
    path: '/files/:id',
    operationId: 'getFile',
    summary: 'A file',
    description: 'As an attachment with its name.',
    permission: 'signed-in',
    params: IdParams,
    responses: { 200: { content: 'application/octet-stream', description: 'The file' } },
    problems: [404],
    handler: async ({ params, viewer }, house) => {
      const file = await getReadableFile(house, params.id, viewer);
      return { ...ok(await house.files.read(file.id)), headers: attachmentHeaders(file) };
    },
  }),
];
