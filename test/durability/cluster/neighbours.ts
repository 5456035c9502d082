import { bpmn, chain } from '../../support/bpmn.ts';
import type { Shape } from '../evidence.ts';

export const NEIGHBOURS = 'neighbours';
export const SURVEY = 'survey';
/** Name of the message that every case waits for; the key is its district, which it shares with others. */
export const PAID = 'paid';
/** Topic of the external workers. */
export const STAMP = 'stamp';

/** A case that waits for a message, for a worker and for a case that it calls; then something is done and undone. */
export const NEIGHBOURS_SHAPE: Shape = {
  tasks: [],
  once: ['fork', 'paid', 'stamp', 'survey', 'join', 'reserve', 'release', 'undo'],
  timers: [],
  messages: { paid: 'payment' },
  opens: { survey: SURVEY },
};

/** The case that is called: work that a node does by itself. */
export const SURVEY_SHAPE: Shape = { tasks: [], once: ['measure'], timers: [] };

export const surveyModel = () =>
  bpmn(
    '<startEvent id="s"/><endEvent id="e"/>' +
      '<scriptTask id="measure" scriptFormat="feel" camunda:asyncBefore="true" camunda:resultVariable="area"><script>6 * 7</script></scriptTask>' +
      chain('s', 'measure', 'e'),
    { id: SURVEY },
  );

const SCRIPT = 'scriptFormat="feel" camunda:resultVariable="reserved"';

export const neighboursModel = () =>
  bpmn(
    '<startEvent id="s"/><parallelGateway id="fork"/><parallelGateway id="join"/><endEvent id="e"/>' +
      '<intermediateCatchEvent id="paid"><messageEventDefinition messageRef="Paid"/></intermediateCatchEvent>' +
      `<serviceTask id="stamp" ov:topic="${STAMP}" ov:retries="100"/>` +
      `<callActivity id="survey" calledElement="${SURVEY}"/>` +
      `<scriptTask id="reserve" ${SCRIPT}><script>true</script></scriptTask>` +
      '<boundaryEvent id="regret" attachedToRef="reserve"><compensateEventDefinition/></boundaryEvent>' +
      `<scriptTask id="release" isForCompensation="true" ${SCRIPT}><script>false</script></scriptTask>` +
      '<association id="undone" associationDirection="One" sourceRef="regret" targetRef="release"/>' +
      '<intermediateThrowEvent id="undo"><compensateEventDefinition/></intermediateThrowEvent>' +
      chain('s', 'fork', 'paid', 'join', 'reserve', 'undo', 'e') +
      chain('fork', 'stamp', 'join') +
      chain('fork', 'survey', 'join'),
    { id: NEIGHBOURS, roots: `<message id="Paid" name="${PAID}" ov:correlationKey="=district"/>` },
  );
