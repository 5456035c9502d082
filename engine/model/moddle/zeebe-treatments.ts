import { all, told, work, type Treatments } from './treatment.ts';

/** Everything the namespace of Camunda 8 knows; docs/compatibility.md says more. */
export const ZEEBE: Treatments = new Map([
  ...all(
    'supported',
    ...['taskDefinition', 'taskHeaders', 'header', 'ioMapping', 'input', 'output', 'subscription'],
    ...['loopCharacteristics', 'calledElement', 'formDefinition', 'userTask', 'assignmentDefinition', 'script'],
    ...['priorityDefinition', 'taskSchedule', 'adHoc'],
  ),
  ...all(
    'kept',
    ...['properties', 'property', 'versionTag', 'modelerTemplate', 'modelerTemplateVersion', 'modelerTemplateIcon'],
    ...['modelerConfigurationTemplate', 'modelerConfigurationName'],
  ),
  ...work(
    ['calledDecision'],
    '没有 DMN 引擎；请把规则写成 FEEL（ov:expression），或改为 zeebe:taskDefinition 由工作程序完成',
    'there is no DMN engine; write the rule in FEEL (ov:expression), or give it to a worker (zeebe:taskDefinition)',
  ),
  ...told(
    'refused',
    ['executionListeners', 'executionListener', 'taskListeners', 'taskListener'],
    '上传的模型不能挂监听器；请把要做的事画成前后的服务任务，办理人和期限可直接用任务的表达式',
    'a model cannot carry listeners; draw the work as a service task before or after, and let the task itself say assignee and due date',
  ),
  ...told(
    'warned',
    ['userTaskForm'],
    '内嵌表单不会显示；请做成表单文件，用 formId 指定',
    'a form inside the model is not shown; make it a form of its own and name it with formId',
  ),
  ...told(
    'warned',
    ['jobPriorityDefinition'],
    '后台作业按到期先后进行',
    'background work is done in the order in which it falls due',
  ),
  ...told(
    'warned',
    ['linkedResources', 'linkedResource'],
    '关联资源不会交给工作程序；请写成任务头（zeebe:taskHeaders）',
    'linked resources do not reach the worker; write them as task headers (zeebe:taskHeaders)',
  ),
  ...told(
    'warned',
    ['conditionalFilter'],
    '任何变量变化后都会重新判断条件',
    'the condition is asked again whenever any variable changes',
  ),
  ...told(
    'warned',
    ['retryCounter'],
    '重试次数请写在 zeebe:taskDefinition 上',
    'write the tries on zeebe:taskDefinition',
  ),
  ...told('warned', ['agentDefinition'], '此设置不会生效', 'it means nothing here'),
]);
