import { attributes, type Package } from './package.ts';

const body = { name: 'value', type: 'String', isBody: true } as const;

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
      properties: [...attributes('name'), body, { name: 'definition', type: 'ParameterDefinition' }],
    },
    {
      name: 'OutputParameter',
      superClass: ['Element'],
      properties: [...attributes('name'), body, { name: 'definition', type: 'ParameterDefinition' }],
    },
    { name: 'ParameterDefinition', properties: [] },
    {
      name: 'List',
      superClass: ['ParameterDefinition'],
      properties: [{ name: 'items', type: 'ParameterDefinition', isMany: true }],
    },
    {
      name: 'Map',
      superClass: ['ParameterDefinition'],
      properties: [{ name: 'entries', type: 'Entry', isMany: true }],
    },
    {
      name: 'Entry',
      superClass: ['Element'],
      properties: [...attributes('key'), body, { name: 'definition', type: 'ParameterDefinition' }],
    },
    { name: 'Value', superClass: ['ParameterDefinition'], properties: [...attributes('id', 'name'), body] },
    {
      name: 'Script',
      superClass: ['ParameterDefinition'],
      properties: [...attributes('scriptFormat', 'resource'), body],
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
