import { Rejection } from '../kernel/rejection.ts';

export const MAX_DEPTH = 100;
export const MAX_ELEMENTS = 20_000;
/** Of one element; each unknown one costs a finding. */
export const MAX_ATTRIBUTES = 200;

/** What XML 1.0 (production 2) forbids in any document. */
const FORBIDDEN = new RegExp(String.raw`[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]`);
const REFERENCE = /&(?!(?:lt|gt|amp|quot|apos);)(?:#x([0-9a-fA-F]{1,8});|#([0-9]{1,9});)?/g;
const BLANK = /^\s*$/;

/**
 * Reads the document once, from left to right, before any parser sees it, and answers the text the parser gets: without
 * comments, processing instructions and the diagram (none of them can run, all of them cost), on the same lines.
 *
 * `upload.not_xml` (details.line), `upload.doctype` (no document type, hence no entities to expand or fetch),
 * `upload.too_deep`, `upload.too_many_elements`, `upload.too_many_attributes`.
 */
export function guardXml(xml: string): string {
  const forbidden = FORBIDDEN.exec(xml);
  if (forbidden) throw notXml(xml, forbidden.index, 'it holds a character that XML forbids');
  const kept: string[] = [];
  const open: { name: string; keptBefore: number; from: number }[] = [];
  let elements = 0;
  let at = 0;
  const until = (mark: string, from: number, what: string): number => {
    const end = xml.indexOf(mark, from);
    if (end < 0) throw notXml(xml, at, `a ${what} never ends`);
    return end + mark.length;
  };

  while (at < xml.length) {
    const next = xml.indexOf('<', at);
    const text = xml.slice(at, next < 0 ? xml.length : next);
    if (open.length === 0 && !BLANK.test(text)) throw notXml(xml, at, 'there is text outside the root element');
    kept.push(resolveReferences(xml, at, text));
    if (next < 0) break;
    at = next;

    if (xml.startsWith('<!--', at)) {
      const end = until('-->', at + 4, 'comment');
      kept.push(linesOf(xml, at, end));
      at = end;
    } else if (xml.startsWith('<![CDATA[', at)) {
      if (open.length === 0) throw notXml(xml, at, 'there is text outside the root element');
      const end = until(']]>', at + 9, 'CDATA section');
      kept.push(xml.slice(at, end));
      at = end;
    } else if (/^<!doctype/i.test(xml.slice(at, at + 9))) {
      throw new Rejection('invalid', 'upload.doctype', 'Expected a document without DOCTYPE, but it has one', {
        line: lineAt(xml, at),
      });
    } else if (xml.startsWith('<?', at)) {
      const end = until('?>', at + 2, 'processing instruction');
      kept.push(linesOf(xml, at, end));
      at = end;
    } else if (xml.startsWith('</', at)) {
      const end = until('>', at + 2, 'tag');
      const name = xml.slice(at + 2, end - 1).trimEnd();
      const opened = open.pop();
      if (opened?.name !== name) throw notXml(xml, at, `<${opened?.name ?? ''}> is closed by </${name.slice(0, 80)}>`);
      kept.push(xml.slice(at, end));
      if (open.length === 1 && /(?:^|:)BPMNDiagram$/.test(name)) {
        kept.length = opened.keptBefore;
        kept.push(linesOf(xml, opened.from, end));
      }
      at = end;
    } else {
      const name = /^<([^\s/>"'<=&!?]+)/.exec(xml.slice(at, at + 200))?.[1];
      if (!name) throw notXml(xml, at, 'a tag has no name');
      if (open.length === 0 && elements > 0) throw notXml(xml, at, 'there is more than one root element');
      const end = endOfTag(xml, at + 1 + name.length);
      if (++elements > MAX_ELEMENTS) throw tooMany('elements', MAX_ELEMENTS);
      const keptBefore = kept.length;
      kept.push(resolveReferences(xml, at, xml.slice(at, end)));
      if (xml[end - 2] !== '/') open.push({ name, keptBefore, from: at });
      if (open.length > MAX_DEPTH) {
        throw new Rejection(
          'too-large',
          'upload.too_deep',
          `Expected at most ${MAX_DEPTH} levels of elements, but the file has more`,
          { limit: MAX_DEPTH, line: lineAt(xml, at) },
        );
      }
      at = end;
    }
  }
  if (open.length > 0) throw notXml(xml, xml.length, `<${open[open.length - 1]!.name}> is not closed`);
  if (elements === 0) throw notXml(xml, 0, 'it has no element');
  return kept.join('');
}

/** A '>' inside an attribute value does not end the tag. */
function endOfTag(xml: string, from: number): number {
  const mark = /["'<>]/g;
  for (let at = from, attributes = 0; ; attributes++) {
    if (attributes > MAX_ATTRIBUTES) throw tooMany('attributes', MAX_ATTRIBUTES);
    mark.lastIndex = at;
    const found = mark.exec(xml);
    if (!found) throw notXml(xml, from, 'a tag never ends');
    if (found[0] === '>') return found.index + 1;
    if (found[0] === '<') throw notXml(xml, found.index, 'a tag begins inside a tag');
    const close = xml.indexOf(found[0], found.index + 1);
    if (close < 0) throw notXml(xml, from, 'an attribute value never ends');
    if (xml.slice(found.index, close).includes('<')) throw notXml(xml, found.index, "an attribute value holds '<'");
    at = close + 1;
  }
}

/**
 * Character references become their characters (markup and blanks excepted): the XML parser would cut `&#134071;` (𠮷) to
 * 16 bits, and an id may be written in either way.
 */
function resolveReferences(xml: string, at: number, text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(REFERENCE, (whole, hex: string | undefined, decimal: string | undefined, offset: number) => {
    const code = hex !== undefined ? parseInt(hex, 16) : decimal !== undefined ? Number(decimal) : -1;
    if (!isCharacter(code)) {
      const found = /^&[^\s;<&]{0,40};?/.exec(text.slice(offset, offset + 50))![0];
      throw notXml(xml, at + offset, `'${found}' is not a character or one of the five XML entities`);
    }
    return code > 0xa0 ? String.fromCodePoint(code) : whole;
  });
}

function isCharacter(code: number): boolean {
  return (
    code === 9 ||
    code === 10 ||
    code === 13 ||
    (code >= 0x20 && code <= 0xd7ff) ||
    (code >= 0xe000 && code <= 0xfffd) ||
    (code >= 0x10000 && code <= 0x10ffff)
  );
}

/** The line ends of a part that is left out, so that line numbers stay those of the upload. */
function linesOf(xml: string, from: number, to: number): string {
  return '\n'.repeat(lineAt(xml, to, from) - 1);
}

function lineAt(xml: string, index: number, from = 0): number {
  const part = xml.slice(from, index);
  let line = 1;
  for (let at = part.indexOf('\n'); at >= 0; at = part.indexOf('\n', at + 1)) line++;
  return line;
}

function notXml(xml: string, index: number, why: string): Rejection {
  const line = lineAt(xml, index);
  return new Rejection('invalid', 'upload.not_xml', `Expected an XML document, but in line ${line} ${why}`, { line });
}

function tooMany(what: 'elements' | 'attributes', limit: number): Rejection {
  const place = what === 'elements' ? 'in the file' : 'in one element';
  return new Rejection(
    'too-large',
    `upload.too_many_${what}`,
    `Expected at most ${limit} ${what} ${place}, but there are more`,
    {
      limit,
    },
  );
}
