import { describe, expect, it } from '@jest/globals';
import { decodeUpload, MAX_UPLOAD_BYTES } from '../../../engine/model/read-text.ts';

const xml = (encoding: string) => `<?xml version="1.0" encoding="${encoding}"?>\n<definitions name="审核𠮷"/>`;
const READ = '<?xml version="1.0" encoding="UTF-8"?>\n<definitions name="审核𠮷"/>';

const utf16be = (text: string) => Buffer.from(text, 'utf16le').swap16();
// 审核 as GBK; 𠮷 as the four bytes GB18030 has for it
const gb18030 = (encoding: string) =>
  Buffer.concat([
    Buffer.from(`<?xml version="1.0" encoding="${encoding}"?>\n<definitions name="`),
    Buffer.from([0xc9, 0xf3, 0xba, 0xcb, 0x95, 0x34, 0xb2, 0x35]),
    Buffer.from('"/>'),
  ]);

describe('an upload becomes text', () => {
  it.each([
    ['UTF-8', Buffer.from(xml('UTF-8'))],
    ['UTF-8 with a byte order mark', Buffer.from('\uFEFF' + xml('utf-8'))],
    ['UTF-16 little-endian with a byte order mark', Buffer.from('\uFEFF' + xml('UTF-16'), 'utf16le')],
    ['UTF-16 big-endian with a byte order mark', utf16be('\uFEFF' + xml('UTF-16'))],
    ['UTF-16 little-endian without a byte order mark', Buffer.from(xml('UTF-16'), 'utf16le')],
    ['UTF-16 big-endian without a byte order mark', utf16be(xml('UTF-16'))],
    ['GB18030 as declared', gb18030('GB18030')],
    ['GBK as declared', gb18030('GBK')],
    ['GB2312 as declared', gb18030('gb2312')],
  ])('from %s', (_, bytes) => {
    expect(decodeUpload(bytes)).toBe(READ);
  });

  it('without a declaration as UTF-8', () => {
    expect(decodeUpload(Buffer.from('<definitions name="审核"/>'))).toBe('<definitions name="审核"/>');
  });

  it.each([
    ['bytes that are no UTF-8', Buffer.from([0x3c, 0x61, 0xc9, 0xf3, 0x3e])],
    ['GBK that does not say so', Buffer.from([0x3c, 0x61, 0x3e, 0xc9, 0xf3, 0xba, 0xcb])],
    ['UTF-16 with half a character', Buffer.from([0xff, 0xfe, 0x3c, 0x00, 0x61])],
    ['UTF-16 with a lone surrogate', Buffer.from([0xff, 0xfe, 0x3c, 0x00, 0x00, 0xd8])],
    ['bytes that are no GB18030', Buffer.concat([gb18030('GBK'), Buffer.from([0x81, 0x20])])],
    ['UTF-32', Buffer.from([0xff, 0xfe, 0, 0, 0x3c, 0, 0, 0])],
    ['an encoding we do not read', Buffer.from(xml('Shift_JIS'))],
    ['a declaration of UTF-16 in single bytes', Buffer.from('<?xml version="1.0" encoding="UTF-16"?><a/>')],
  ])('refuses %s', (_, bytes) => {
    expect(() => decodeUpload(bytes)).toThrow(
      expect.objectContaining({ code: 'upload.bad_encoding', kind: 'invalid' }),
    );
  });

  it.each([
    ['nothing', ''],
    ['blanks', ' \n\t'],
  ])('refuses %s', (_, text) => {
    expect(() => decodeUpload(Buffer.from(text))).toThrow(expect.objectContaining({ code: 'upload.not_xml' }));
  });

  it('refuses 50 MB without looking at them', () => {
    const size = 50 * 1024 * 1024;
    const untouchable = new Proxy(new Uint8Array(0), {
      get(_, property) {
        if (property === 'length' || property === 'byteLength') return size;
        throw new Error(`looked at ${String(property)}`);
      },
    });
    expect(() => decodeUpload(untouchable)).toThrow(
      expect.objectContaining({ code: 'upload.too_large', kind: 'too-large' }),
    );
  });

  it('accepts exactly 5 MB', () => {
    const bytes = Buffer.alloc(MAX_UPLOAD_BYTES, ' ');
    bytes.write('<a/>');
    expect(decodeUpload(bytes)).toHaveLength(MAX_UPLOAD_BYTES);
  });
});
