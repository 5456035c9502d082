export { checkUpload, compileStored } from './check-upload.ts';
export { compile, type ExpressionCompiler } from './compile.ts';
export type { Finding } from './finding.ts';
export type { Flow, JobWork, Limit, Mapping, MultiInstance, Node, NodeKind, ProcessGraph, Trigger } from './graph.ts';
export { lintModel } from './lint/index.ts';
export { parseBpmn } from './parse.ts';
export type { ParsedModel } from './parsed-model.ts';
export { decodeUpload, MAX_UPLOAD_BYTES } from './read-text.ts';
export { contentHash, nextVersion } from './versions.ts';
