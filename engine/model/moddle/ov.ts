import { attributes, type Package } from './package.ts';

const limit = attributes(
  'promise',
  'unit',
  'basis',
  'statutory',
  'statutoryUnit',
  'statutoryBasis',
  'startRule',
  'yellow',
);
const overdue = attributes('onOverdue', 'deemedBasis', 'deemedResult');
const phaseLimits = ['acceptance', 'delivery'].flatMap((phase) =>
  attributes(phase, `${phase}Basis`, `${phase}StartRule`, `${phase}Yellow`),
);
const workResult = attributes('expression', 'result');

/** Our own extension of BPMN, documented in docs/model-extensions.md. */
export const ov: Package = {
  name: 'OneVisit',
  uri: 'https://onevisit.dev/schema/1.0',
  prefix: 'ov',
  xml: { tagAlias: 'lowerCase' },
  types: [
    {
      name: 'ProcessPolicy',
      extends: ['bpmn:Process'],
      properties: [...limit, ...phaseLimits, ...attributes('department', 'joint')],
    },
    { name: 'LanePolicy', extends: ['bpmn:Lane'], properties: attributes('department') },
    {
      name: 'UserWork',
      extends: ['bpmn:UserTask', 'bpmn:GlobalUserTask'],
      properties: [...limit, ...overdue, ...attributes('department', 'assignee', 'form')],
    },
    {
      name: 'Milestone',
      extends: ['bpmn:Activity', 'bpmn:Event', 'bpmn:SequenceFlow'],
      properties: attributes('milestone'),
    },
    { name: 'Supplement', extends: ['bpmn:UserTask'], properties: attributes('supplement') },
    { name: 'StartForm', extends: ['bpmn:StartEvent'], properties: attributes('form') },
    { name: 'ServiceWork', extends: ['bpmn:ServiceTask'], properties: attributes('topic', 'retries') },
    {
      name: 'SendWork',
      extends: ['bpmn:SendTask'],
      properties: attributes('topic', 'retries', 'correlationKey', 'timeToLive'),
    },
    {
      name: 'RuleWork',
      extends: ['bpmn:BusinessRuleTask', 'bpmn:GlobalBusinessRuleTask'],
      properties: [...workResult, ...attributes('topic', 'retries')],
    },
    {
      name: 'CallWork',
      extends: ['bpmn:CallActivity'],
      properties: attributes('binding', 'version', 'businessKey'),
    },
    { name: 'ScriptWork', extends: ['bpmn:ScriptTask', 'bpmn:GlobalScriptTask'], properties: workResult },
    // the parser takes the script of a global script task for an attribute; the standard makes it an element
    {
      name: 'GlobalScript',
      extends: ['bpmn:GlobalScriptTask'],
      properties: [{ name: 'bpmn:script', type: 'String', redefines: 'bpmn:GlobalScriptTask#script' }],
    },
    {
      name: 'RecordKey',
      extends: ['bpmn:DataStoreReference', 'bpmn:DataInputAssociation', 'bpmn:DataOutputAssociation'],
      properties: attributes('key'),
    },
    { name: 'ReceiveWork', extends: ['bpmn:ReceiveTask'], properties: attributes('correlationKey') },
    {
      name: 'MessageKey',
      extends: ['bpmn:Message', 'bpmn:MessageEventDefinition'],
      properties: attributes('correlationKey', 'timeToLive'),
    },
    {
      name: 'ErrorVariables',
      extends: ['bpmn:ErrorEventDefinition'],
      properties: attributes('codeVariable', 'messageVariable'),
    },
    {
      name: 'ClockTimer',
      extends: ['bpmn:TimerEventDefinition'],
      properties: attributes('value', 'unit', 'before', 'after', 'of', 'times'),
    },
    { name: 'EscalationVariable', extends: ['bpmn:EscalationEventDefinition'], properties: attributes('codeVariable') },
    {
      name: 'ThrowWork',
      extends: ['bpmn:ThrowEvent'],
      properties: attributes('topic', 'retries'),
    },
    {
      name: 'Repeat',
      extends: ['bpmn:MultiInstanceLoopCharacteristics'],
      properties: attributes('collection', 'elementVariable', 'outputCollection', 'outputElement'),
    },
    { name: 'Http', superClass: ['Element'], properties: attributes('method', 'url', 'body', 'result') },
    { name: 'Input', superClass: ['Element'], properties: attributes('target', 'source') },
    { name: 'Output', superClass: ['Element'], properties: attributes('target', 'source') },
  ],
};
