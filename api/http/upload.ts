import multer, { type Part } from 'multer';
import type { Context } from 'koa';
import { readBody } from './body.ts';
import { HttpProblem } from './http-problem.ts';
import type { UploadedFile, UploadSpec } from './route.ts';

/** The uploaded files: one raw body, or the parts of a multipart form (field names in UTF-8, as browsers send them). */
export async function readUpload(ctx: Context, spec: UploadSpec): Promise<UploadedFile[]> {
  const first = Object.keys(spec.fields)[0]!;
  if (ctx.is('multipart/form-data')) return readParts(ctx, spec, first);
  const type = spec.raw && ctx.is([...spec.raw]);
  if (!type) {
    const expected = ['multipart/form-data', ...(spec.raw ?? [])].join(', ');
    throw new HttpProblem(415, 'request.content_type', { details: { expected } });
  }
  const bytes = await readBody(ctx.req, spec.maxBytes);
  return [{ field: first, name: '', type, bytes }];
}

async function readParts(ctx: Context, spec: UploadSpec, first: string): Promise<UploadedFile[]> {
  const parser = multer({
    storage: multer.memoryStorage(),
    defParamCharset: 'utf8', // without it Chinese file names arrive as Latin-1
    limits: { fileSize: spec.maxBytes, files: 51, fields: 10, fieldSize: 10_000, parts: 61, headerPairs: 50 },
  });
  const handle = parser.fields(Object.entries(spec.fields).map(([name, maxCount]) => ({ name, maxCount })));
  const request = ctx.req as typeof ctx.req & { files?: Record<string, Part[]> };
  await new Promise<void>((resolve, reject) => {
    handle(request, ctx.res, (error: unknown) => {
      if (!error) resolve();
      else if (error instanceof multer.MulterError) reject(error);
      else reject(new HttpProblem(400, 'request.bad_form')); // busboy: no boundary, cut off, malformed headers
    });
  });
  const files = Object.entries(request.files ?? {}).flatMap(([field, parts]) =>
    parts.map((part) => ({ field, name: part.originalname, type: part.mimetype, bytes: part.buffer })),
  );
  if (!files.some((file) => file.field === first))
    throw new HttpProblem(422, 'request.file_missing', { details: { field: first } });
  return files;
}
