import { attributes, type Package } from './package.ts';

/**
 * What we read of the Camunda 7 extension in files that exist already. Attributes (`camunda:assignee` …) need no
 * descriptor: the parser keeps them under this prefix whatever the file calls it.
 */
export const camunda: Package = {
  name: 'Camunda7',
  uri: 'http://camunda.org/schema/1.0/bpmn',
  prefix: 'camunda',
  xml: { tagAlias: 'lowerCase' },
  types: [
    {
      name: 'InputOutput',
      superClass: ['Element'],
      properties: [
        { name: 'inputParameters', type: 'InputParameter', isMany: true },
        { name: 'outputParameters', type: 'OutputParameter', isMany: true },
      ],
    },
    {
      name: 'InputParameter',
      superClass: ['Element'],
      properties: [...attributes('name'), { name: 'value', type: 'String', isBody: true }],
    },
    {
      name: 'OutputParameter',
      superClass: ['Element'],
      properties: [...attributes('name'), { name: 'value', type: 'String', isBody: true }],
    },
    {
      name: 'FailedJobRetryTimeCycle',
      superClass: ['Element'],
      properties: [{ name: 'body', type: 'String', isBody: true }],
    },
    { name: 'Properties', superClass: ['Element'], properties: [{ name: 'values', type: 'Property', isMany: true }] },
    { name: 'Property', superClass: ['Element'], properties: attributes('id', 'name', 'value') },
    {
      name: 'In',
      superClass: ['Element'],
      properties: attributes('source', 'sourceExpression', 'target', 'businessKey', 'variables', 'local'),
    },
    {
      name: 'Out',
      superClass: ['Element'],
      properties: attributes('source', 'sourceExpression', 'target', 'variables', 'local'),
    },
  ],
};

/** Attributes that are read; any other of this prefix is reported as ignored. */
export const CAMUNDA_ATTRIBUTES: ReadonlySet<string> = new Set([
  'assignee',
  'candidateGroups',
  'candidateUsers',
  'dueDate',
  'followUpDate',
  'priority',
  'initiator',
  'formKey',
  'formRef',
  'topic',
  'type',
  'collection',
  'elementVariable',
  'resultVariable',
  'errorCodeVariable',
  'async',
  'asyncBefore',
  'asyncAfter',
  'expression',
  'errorMessageVariable',
  'escalationCodeVariable',
  'calledElementBinding',
  'calledElementVersion',
]);
