import { attributes, type Package } from './package.ts';

/** What we read of the Camunda 8 extension in files that exist already. */
export const zeebe: Package = {
  name: 'Zeebe',
  uri: 'http://camunda.org/schema/zeebe/1.0',
  prefix: 'zeebe',
  xml: { tagAlias: 'lowerCase' },
  types: [
    { name: 'TaskDefinition', superClass: ['Element'], properties: attributes('type', 'retries') },
    { name: 'TaskHeaders', superClass: ['Element'], properties: [{ name: 'values', type: 'Header', isMany: true }] },
    { name: 'Header', superClass: ['Element'], properties: attributes('id', 'key', 'value') },
    {
      name: 'AssignmentDefinition',
      superClass: ['Element'],
      properties: attributes('assignee', 'candidateGroups', 'candidateUsers'),
    },
    { name: 'TaskSchedule', superClass: ['Element'], properties: attributes('dueDate', 'followUpDate') },
    { name: 'PriorityDefinition', superClass: ['Element'], properties: attributes('priority') },
    {
      name: 'FormDefinition',
      superClass: ['Element'],
      properties: attributes('formKey', 'formId', 'externalReference', 'bindingType', 'versionTag'),
    },
    {
      name: 'IoMapping',
      superClass: ['Element'],
      properties: [
        { name: 'inputParameters', type: 'Input', isMany: true },
        { name: 'outputParameters', type: 'Output', isMany: true },
      ],
    },
    { name: 'Input', superClass: ['Element'], properties: attributes('source', 'target') },
    { name: 'Output', superClass: ['Element'], properties: attributes('source', 'target') },
    {
      name: 'LoopCharacteristics',
      superClass: ['Element'],
      properties: attributes('inputCollection', 'inputElement', 'outputCollection', 'outputElement'),
    },
    { name: 'Script', superClass: ['Element'], properties: attributes('expression', 'resultVariable') },
    {
      name: 'CalledElement',
      superClass: ['Element'],
      properties: attributes(
        'processId',
        'bindingType',
        'versionTag',
        'propagateAllParentVariables',
        'propagateAllChildVariables',
      ),
    },
    { name: 'AdHoc', superClass: ['Element'], properties: attributes('activeElementsCollection') },
    { name: 'Subscription', superClass: ['Element'], properties: attributes('correlationKey') },
    // marks a user task as the engine's own, which ours always are
    { name: 'UserTask', superClass: ['Element'], properties: [] },
  ],
};
