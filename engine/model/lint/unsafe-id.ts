import { defineRule } from './rule.ts';
import { short } from './words.ts';

const MAX_ID = 200;
/** Letters of any script, digits, `_`, `-`, `.`: what XML calls a name, without the colon. */
const NAME = /^[\p{L}_][\p{L}\p{N}\p{M}._\-·]*$/u;

/** Ids become keys of objects, parts of addresses and text on screens. */
export const rule = defineRule('unsafe-id', ({ process, nodes, flows }, report) => {
  const ids = [...(process ? [process.id] : []), ...nodes.map(({ id }) => id), ...flows.map(({ id }) => id)];
  for (const id of ids) {
    if (id === '') continue;
    if (isReserved(id)) {
      report.error(id, `id“${id}”是保留字，请换一个`, `The id '${id}' is reserved; choose another`);
    } else if (!NAME.test(id)) {
      report.error(
        id,
        `id“${short(id)}”含有不允许的字符`,
        `The id '${short(id)}' holds characters that an id may not have`,
      );
    } else if (id.length > MAX_ID) {
      report.error(
        id,
        `id“${short(id)}”超过 ${MAX_ID} 个字符`,
        `The id '${short(id)}' is longer than ${MAX_ID} characters`,
      );
    }
  }
});

/** Names every JavaScript object has. */
export function isReserved(name: string): boolean {
  return name === 'prototype' || name in Object.prototype;
}
