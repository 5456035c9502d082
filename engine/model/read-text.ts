import { Rejection } from '../kernel/rejection.ts';

/** Largest upload, in bytes. */
export const MAX_UPLOAD_BYTES = 5 * 1024 * 1024;

const ENCODINGS: ReadonlyMap<string, string> = new Map([
  ['utf-8', 'utf-8'],
  ['utf8', 'utf-8'],
  ['us-ascii', 'utf-8'],
  ['ascii', 'utf-8'],
  // GB18030 contains GBK, which contains GB2312
  ...['gb18030', 'gbk', 'gb2312', 'gb_2312-80', 'x-gbk', 'cp936', 'ms936', 'windows-936'].map(
    (name) => [name, 'gb18030'] as const,
  ),
]);

/**
 * The upload as Unicode text: UTF-8, UTF-16 (either order), or GBK/GB2312/GB18030 where the XML declaration says so
 * (XML 1.0 appendix F). The declaration of the text that comes back says UTF-8, as it will be kept and sent.
 * `upload.too_large` (checked before anything is read), `upload.not_xml` when empty, `upload.bad_encoding` when the
 * encoding is unknown or the bytes do not fit it.
 */
export function decodeUpload(bytes: Uint8Array): string {
  if (bytes.length > MAX_UPLOAD_BYTES) {
    throw new Rejection(
      'too-large',
      'upload.too_large',
      `Expected at most ${MAX_UPLOAD_BYTES} bytes, but the upload has ${bytes.length}`,
      { limit: MAX_UPLOAD_BYTES, size: bytes.length },
    );
  }
  const encoding = encodingOf(bytes);
  let text: string;
  try {
    text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw badEncoding(encoding, `Expected ${encoding} text, but some bytes are not ${encoding}`);
  }
  if (text.trim() === '') {
    throw new Rejection('invalid', 'upload.not_xml', 'Expected an XML document, but the upload is empty', { line: 1 });
  }
  return text.replace(/^(\s*<\?xml\b[^?>]*?)\s+encoding\s*=\s*(["'])[^"'>]*\2/, '$1 encoding="UTF-8"');
}

function encodingOf(bytes: Uint8Array): string {
  const [a, b, c, d] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8';
  if ((a === 0xff && b === 0xfe && c === 0 && d === 0) || (a === 0 && b === 0 && c === 0xfe && d === 0xff)) {
    throw badEncoding('utf-32', 'Expected UTF-8, UTF-16 or GB18030 text, but the upload is UTF-32');
  }
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  // without a byte order mark, the first character of any XML file gives the order away: '<' (or a blank before it)
  if (a !== undefined && a !== 0 && a < 0x80 && b === 0) return 'utf-16le';
  if (a === 0 && b !== undefined && b !== 0 && b < 0x80) return 'utf-16be';
  const declared = declaredEncoding(bytes);
  const encoding = ENCODINGS.get(declared.toLowerCase());
  if (!encoding) {
    throw badEncoding(declared, `Expected UTF-8, UTF-16 or GB18030 text, but the file declares ${declared}`);
  }
  return encoding;
}

function declaredEncoding(bytes: Uint8Array): string {
  const head = String.fromCharCode(...bytes.subarray(0, 256));
  return /^\s*<\?xml\b[^?>]*?\sencoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']/.exec(head)?.[1] ?? 'utf-8';
}

function badEncoding(encoding: string, message: string): Rejection {
  return new Rejection('invalid', 'upload.bad_encoding', message, { encoding });
}
