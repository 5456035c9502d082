import { describe, expect, it } from '@jest/globals';
import { guardXml, MAX_ATTRIBUTES, MAX_DEPTH, MAX_ELEMENTS } from '../../../engine/model/guards.ts';

const refusal = (code: string) => expect.objectContaining({ code });
const nested = (depth: number) => '<a>'.repeat(depth) + '</a>'.repeat(depth);

describe('before the parser sees a document', () => {
  it.each([
    ['a DOCTYPE', '<!DOCTYPE definitions SYSTEM "http://example.org/x.dtd"><definitions/>'],
    ['an external entity', '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'],
    ['an entity bomb', '<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>'],
    ['a DOCTYPE after a comment', '<!-- <a> --><!doctype a><a/>'],
  ])('%s is refused as such', (_, xml) => {
    expect(() => guardXml(xml)).toThrow(refusal('upload.doctype'));
  });

  it.each([
    ['plain text', 'hello'],
    ['JSON', '{"definitions": []}'],
    ['a ZIP file read as text', 'PK\u0003\u0004'],
    ['an unclosed element', '<a><b></b>'],
    ['crossed elements', '<a><b></a></b>'],
    ['an unclosed tag', '<a'],
    ['an unclosed attribute value', '<a x="1>'],
    ['an unclosed comment', '<a/><!-- '],
    ['an unclosed CDATA section', '<a><![CDATA[ </a>'],
    ['two roots', '<a/><b/>'],
    ['text after the root', '<a/>x'],
    ['only a comment', '<!-- nothing -->'],
    ['an undefined entity', '<a>&nbsp;</a>'],
    ['a bare ampersand', '<a x="R&D"/>'],
    ['a reference to NUL', '<a>&#0;</a>'],
    ['a reference to half a character', '<a>&#55362;</a>'],
    ['a reference beyond Unicode', '<a>&#x110000;</a>'],
    ['a NUL character', '<a>\u0000</a>'],
    ["a '<' in an attribute value", '<a x="<b/>"/>'],
  ])('%s is refused as no XML', (_, xml) => {
    expect(() => guardXml(xml)).toThrow(refusal('upload.not_xml'));
  });

  it('says in which line', () => {
    expect(() => guardXml('<a>\n<b>\n</a>')).toThrow(expect.objectContaining({ details: { line: 3 } }));
  });

  it('nesting and the number of elements have limits', () => {
    expect(guardXml(nested(MAX_DEPTH))).toBe(nested(MAX_DEPTH));
    expect(() => guardXml(nested(MAX_DEPTH + 1))).toThrow(refusal('upload.too_deep'));
    const flat = (count: number) => `<a>${'<b/>'.repeat(count - 1)}</a>`;
    expect(guardXml(flat(MAX_ELEMENTS))).toBe(flat(MAX_ELEMENTS));
    expect(() => guardXml(flat(MAX_ELEMENTS + 1))).toThrow(refusal('upload.too_many_elements'));
  });

  it('one element has a limit of attributes', () => {
    const element = (count: number) => `<a${' x="1"'.repeat(count)}/>`;
    expect(guardXml(element(MAX_ATTRIBUTES))).toBe(element(MAX_ATTRIBUTES));
    expect(() => guardXml(element(MAX_ATTRIBUTES + 1))).toThrow(refusal('upload.too_many_attributes'));
  });

  it('a million-deep document is refused before it is read to its end', () => {
    expect(() => guardXml('<a>'.repeat(1_000_000))).toThrow(refusal('upload.too_deep'));
  });

  it('tags in comments, CDATA and attribute values do not count, and hide nothing', () => {
    const hidden = '<b>'.repeat(MAX_ELEMENTS + 1);
    expect(guardXml(`<a><!--${hidden}--></a>`)).toBe('<a></a>');
    expect(guardXml(`<a><![CDATA[${hidden}]]></a>`)).toBe(`<a><![CDATA[${hidden}]]></a>`);
    expect(guardXml('<a x="/>" y=\'>\'/>')).toBe('<a x="/>" y=\'>\'/>');
    expect(() => guardXml(`<a x="<!--"/>`)).toThrow(refusal('upload.not_xml'));
    expect(() => guardXml(`<a><!-- -->${'<b/>'.repeat(MAX_ELEMENTS)}</a>`)).toThrow(
      refusal('upload.too_many_elements'),
    );
  });

  it('the diagram, comments and processing instructions go, and lines stay', () => {
    const xml =
      '<?xml version="1.0"?>\n<!-- a\nb -->\n<d:definitions><x/>\n<di:BPMNDiagram><di:BPMNPlane/>\n</di:BPMNDiagram>\n<y/></d:definitions>';
    expect(guardXml(xml)).toBe('\n\n\n<d:definitions><x/>\n\n\n<y/></d:definitions>');
  });

  it('a character reference becomes its character, also beyond 16 bits', () => {
    expect(guardXml('<a n="&#134071;&#x5BA1;">&lt;&amp;&#10;&#x20BB7;</a>')).toBe('<a n="𠮷审">&lt;&amp;&#10;𠮷</a>');
    expect(guardXml('<a><![CDATA[&#134071;]]></a>')).toBe('<a><![CDATA[&#134071;]]></a>');
  });

  it.each([
    ['comments', '<a>' + '<!---->'.repeat(700_000) + '</a>'],
    ['processing instructions', '<a>' + '<?a?>'.repeat(900_000) + '</a>'],
    ['references', '<a>' + '&lt;'.repeat(1_200_000) + '</a>'],
    ['quotes', `<a ${'x="" '.repeat(900_000)}/>`],
    ['open brackets', '<a>' + '<'.repeat(5_000_000)],
  ])('5 MB of %s come to an end within the time of a test', (_, xml) => {
    try {
      guardXml(xml);
    } catch (error) {
      expect(error).toMatchObject({ code: expect.stringMatching(/^upload\.(not_xml|too_many_attributes)$/) });
    }
  });
});
