import { bpmn, chain, flow } from '../support/bpmn.ts';

const S = '<startEvent id="s"/>';
const E = '<endEvent id="e"/>';
const U = '<userTask id="u"/>';
const around = (middle: string, more = '') =>
  bpmn(`${S}${middle}${E}${more}${chain('s', 'x', 'e')}`, { id: 'hostile' });
const timer = (kind: string, text: string) =>
  around(
    `<intermediateCatchEvent id="x"><timerEventDefinition><${kind}>${text}</${kind}></timerEventDefinition></intermediateCatchEvent>`,
  );
const condition = (feel: string) =>
  bpmn(
    `${S}<exclusiveGateway id="x" default="x-e"/>${U}${E}` +
      chain('s', 'x') +
      flow('x', 'u', feel) +
      flow('x', 'e') +
      flow('u', 'e'),
    { id: 'hostile' },
  );
const valid = bpmn(S + U + E + chain('s', 'u', 'e'), { id: 'hostile' });

/** Files that must be refused with a 4xx that says why. */
export const refusedUploads: Record<string, string | Buffer> = {
  'an empty file': '',
  'blanks only': ' \n\t ',
  'no XML': 'hello',
  JSON: '{"a":1}',
  HTML: '<!doctype html><html><body>hi</body></html>',
  'XML that is no BPMN': '<a><b/></a>',
  'an unclosed element': valid.replace('</definitions>', ''),
  'two roots': valid + '<a/>',
  'a zip file': Buffer.from('504b0304140000000800', 'hex'),
  'random bytes': Buffer.from(Array.from({ length: 4_000 }, (_, i) => (i * 7919 + 13) % 256)),
  'broken UTF-8': Buffer.concat([
    Buffer.from(valid.slice(0, 60)),
    Buffer.from([0xff, 0xfe, 0xc0, 0x80]),
    Buffer.from(valid.slice(60)),
  ]),
  'an unknown encoding': valid.replace('UTF-8', 'EBCDIC-CN'),
  'an external entity':
    '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><definitions>&x;</definitions>',
  'an external DTD': '<?xml version="1.0"?><!DOCTYPE d SYSTEM "http://127.0.0.1:1/evil.dtd"><definitions/>',
  'an entity bomb': `<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "${'a'.repeat(50)}">${Array.from({ length: 9 }, (_, i) => `<!ENTITY b${i} "${`&${i ? `b${i - 1}` : 'a'};`.repeat(10)}">`).join('')}]><definitions>&b8;</definitions>`,
  'a DOCTYPE in UTF-16': Buffer.concat([
    Buffer.from([0xff, 0xfe]),
    Buffer.from('<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><definitions/>', 'utf16le'),
  ]),
  '50 MB': Buffer.alloc(50_000_000, 0x20),
  '6 MB of a valid start': valid.replace(
    '</process>',
    `<documentation>${'文'.repeat(2_000_000)}</documentation></process>`,
  ),
  '10,000 levels deep': `<?xml version="1.0"?><definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">${'<process>'.repeat(10_000)}${'</process>'.repeat(10_000)}</definitions>`,
  '200 nested sub-processes': bpmn(
    S + Array.from({ length: 200 }, (_, i) => `<subProcess id="p${i}">`).join('') + '</subProcess>'.repeat(200),
  ),
  '100,000 elements': bpmn(S + Array.from({ length: 100_000 }, (_, i) => `<task id="t${i}"/>`).join('')),
  'a 1 MB attribute': around(`<userTask id="x" name="${'n'.repeat(1_000_000)}"/>`),
  'a million levels deep': '<a>'.repeat(1_000_000),
  'comments without end': '<a>' + '<!---->'.repeat(700_000) + '</a>',
  'processing instructions without end': '<a>' + '<?a?>'.repeat(900_000) + '</a>',
  'references without end': '<a>' + '&lt;'.repeat(1_200_000) + '</a>',
  'quotes without end': `<a ${'x="" '.repeat(900_000)}/>`,
  'open brackets without end': '<a>' + '<'.repeat(5_000_000),
  '19,000 times the same id': bpmn('<userTask id="a"/>'.repeat(19_000)),
  'no process':
    '<?xml version="1.0"?><definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="t"/>',
  'a process that is not executable': valid.replace('isExecutable="true"', 'isExecutable="false"'),
  'two none start events': bpmn(S + '<startEvent id="s2"/>' + E + chain('s', 'e') + flow('s2', 'e')),
  'duplicate ids': bpmn(S + U + U + E + chain('s', 'u', 'e')),
  'a dangling flow': bpmn(S + E + chain('s', 'e') + '<sequenceFlow id="f" sourceRef="s" targetRef="nowhere"/>'),
  'a flow from nothing': bpmn(S + E + chain('s', 'e') + '<sequenceFlow id="f" targetRef="e"/>'),
  'a flow into a sub-process': bpmn(
    S +
      `<subProcess id="x"><startEvent id="is"/><task id="it"/>${chain('is', 'it')}</subProcess>` +
      E +
      chain('s', 'x', 'e') +
      flow('s', 'it'),
  ),
  'the id __proto__': bpmn('<startEvent id="__proto__"/>' + E + chain('__proto__', 'e')),
  'the id constructor': bpmn('<startEvent id="constructor"/>' + E + chain('constructor', 'e')),
  'the process id __proto__': bpmn(S + E + chain('s', 'e'), { id: '__proto__' }),
  'a result variable __proto__': around(
    '<scriptTask id="x" scriptFormat="feel" ov:result="__proto__"><script>1</script></scriptTask>',
  ),
  'a JavaScript script': around(
    '<scriptTask id="x" scriptFormat="javascript"><script>process.exit(1)</script></scriptTask>',
  ),
  'a script without a format': around('<scriptTask id="x"><script>require("fs")</script></scriptTask>'),
  'a Groovy script': around('<scriptTask id="x" scriptFormat="groovy"><script>System.exit(1)</script></scriptTask>'),
  'a Java class': around('<serviceTask id="x" camunda:class="java.lang.Runtime"/>'),
  'an expression bean': around('<serviceTask id="x" camunda:expression="${runtime.exec(1)}"/>'),
  'a service task without work': around('<serviceTask id="x"/>'),
  'a file URL': around(
    '<serviceTask id="x"><extensionElements><ov:http method="GET" url="file:///etc/passwd"/></extensionElements></serviceTask>',
  ),
  'a negative duration': timer('timeDuration', '-PT1H'),
  'a nonsense duration': timer('timeDuration', 'three days'),
  'an empty duration': timer('timeDuration', ''),
  'a zero cycle': timer('timeCycle', 'R0/PT1H'),
  'a cron cycle': timer('timeCycle', '* * * * * ?'),
  'the 30th of February': timer('timeDate', '2026-02-30T00:00:00Z'),
  'a timer with nothing in it': around(
    '<intermediateCatchEvent id="x"><timerEventDefinition/></intermediateCatchEvent>',
  ),
  'a message nobody named': around('<intermediateCatchEvent id="x"><messageEventDefinition/></intermediateCatchEvent>'),
  'a million instances': around(
    '<userTask id="x"><multiInstanceLoopCharacteristics><loopCardinality>1000000</loopCardinality></multiInstanceLoopCharacteristics></userTask>',
  ),
  'FEEL that does not parse': condition('a >'),
  'FEEL that reaches a prototype': condition('x.__proto__ = null'),
  'FEEL that defines a Java function': condition(
    '(function(a) external {java: {class: "java.lang.Math", "method signature": "cos(double)"}})(1) > 0',
  ),
  'FEEL of 100,000 characters': condition(`1${'+1'.repeat(50_000)} > 0`),
  'FEEL of 5,000 brackets': condition(`${'('.repeat(5_000)}1${')'.repeat(5_000)} > 0`),
  'JUEL with a method call': condition('${execution.getVariable("x").toString().equals("a")}'),
  'a negative promise': around('<userTask id="x" ov:promise="-5"/>'),
  'an endless promise': around('<userTask id="x" ov:promise="1e99"/>'),
  'an unknown unit': around('<userTask id="x" ov:promise="5" ov:unit="fortnights"/>'),
  'a call activity that calls nothing': around('<callActivity id="x"/>'),
  'a boundary event on nothing': bpmn(
    S +
      E +
      chain('s', 'e') +
      '<boundaryEvent id="b" attachedToRef="nobody"><timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition></boundaryEvent>' +
      flow('b', 'e'),
  ),
  'a default flow of somebody else': bpmn(S + '<exclusiveGateway id="x" default="s-x"/>' + E + chain('s', 'x', 'e')),
};

/** Large files that may be published; nobody else may notice. */
export const largeUploads: Record<string, string> = {
  '9,900 tasks in a row': bpmn(
    S +
      E +
      Array.from(
        { length: 9_900 },
        (_, i) => `<userTask id="t${i}" ov:department="tax"/>${flow(i ? `t${i - 1}` : 's', `t${i}`)}`,
      ).join('') +
      flow('t9899', 'e'),
    { id: 'large-row' },
  ),
  '700 inclusive joins': bpmn(
    S +
      E +
      Array.from({ length: 700 }, (_, i) => {
        const [open, work, join] = [`g${i}`, `a${i}`, `j${i}`];
        return (
          `<inclusiveGateway id="${open}" default="d${i}"/><manualTask id="${work}"/><inclusiveGateway id="${join}"/>` +
          `<sequenceFlow id="d${i}" sourceRef="${open}" targetRef="${join}"/>` +
          flow(i ? `j${i - 1}` : 's', open) +
          flow(open, work, 'x > 1') +
          flow(work, join)
        );
      }).join('') +
      flow('j699', 'e'),
    { id: 'large-joins' },
  ),
};

/** Files that may be published, and whose cases must stop with an incident instead of hanging the server. */
export const incidentUploads: Record<string, { xml: string; data?: object }> = {
  'an endless loop of gateways': {
    xml: bpmn(
      S +
        '<exclusiveGateway id="m"/><exclusiveGateway id="x" default="x-m"/>' +
        E +
        chain('s', 'm', 'x') +
        flow('x', 'e', 'false') +
        flow('x', 'm'),
    ),
  },
  'an endless loop of scripts': {
    xml: bpmn(
      S +
        '<exclusiveGateway id="m"/><scriptTask id="x" scriptFormat="feel" ov:result="n"><script>if n = null then 1 else n + 1</script></scriptTask>' +
        chain('s', 'm', 'x') +
        flow('x', 'm'),
    ),
  },
  'a loop that doubles': {
    xml: bpmn(
      S +
        '<exclusiveGateway id="m"/><scriptTask id="x" scriptFormat="feel" ov:result="n"><script>[n, n]</script></scriptTask>' +
        chain('s', 'm', 'x') +
        flow('x', 'm'),
    ),
  },
  'a loop that forks': {
    xml: bpmn(
      S +
        '<parallelGateway id="f"/><exclusiveGateway id="m"/>' +
        chain('s', 'm', 'f') +
        flow('f', 'm') +
        '<sequenceFlow id="again" sourceRef="f" targetRef="m"/>',
    ),
  },
  'a billion numbers': {
    xml: around(
      '<scriptTask id="x" scriptFormat="feel" ov:result="n"><script>count(for i in 1..1000000000 return i)</script></scriptTask>',
    ),
  },
  'nested loops': {
    xml: around(
      '<scriptTask id="x" scriptFormat="feel" ov:result="n"><script>count(for i in 1..100000, j in 1..100000 return i * j)</script></scriptTask>',
    ),
  },
  'a catastrophic pattern': {
    xml: around(
      `<scriptTask id="x" scriptFormat="feel" ov:result="n"><script>matches("${'a'.repeat(40)}!", "^(a+)+$")</script></scriptTask>`,
    ),
  },
  'instances counted by the data': {
    xml: around(
      '<userTask id="x"><multiInstanceLoopCharacteristics ov:collection="=for i in 1..50000 return i" ov:elementVariable="i"/></userTask>',
    ),
  },
  'a condition on nothing': {
    xml: bpmn(
      S +
        '<exclusiveGateway id="x"/>' +
        U +
        E +
        chain('s', 'x') +
        flow('x', 'u', 'missing > 5') +
        flow('u', 'e') +
        flow('x', 'e', 'missing <= 5'),
    ),
  },
};
