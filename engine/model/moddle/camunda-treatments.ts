import { all, told, work, type Treatments } from './treatment.ts';

const LISTENER_ZH =
  '上传的模型不能挂监听器；请把要做的事画成前后的服务任务或脚本任务，办理人和期限可直接用任务的表达式';
const LISTENER_EN =
  'a model cannot carry listeners; draw the work as a service or script task before or after, and let the task itself say assignee and due date';
const JAVA_ZH =
  '上传的模型不能调用 Java 代码；请改为外部任务（camunda:type="external" 和 camunda:topic）由工作程序完成，或用 ov:http 调用服务';
const JAVA_EN =
  'a model cannot call Java code; make it an external task (camunda:type="external" with a camunda:topic) or an HTTP call (ov:http)';

/** Everything the namespace of Camunda 7 knows, also as Activiti and Flowable write it; docs/compatibility.md says more. */
export const CAMUNDA: Treatments = new Map([
  ...all(
    'supported',
    ...['assignee', 'candidateGroups', 'candidateUsers', 'dueDate', 'followUpDate', 'priority', 'initiator'],
    ...['formKey', 'formRef', 'type', 'topic', 'resultVariable', 'collection', 'elementVariable'],
    ...['async', 'asyncBefore', 'asyncAfter', 'failedJobRetryTimeCycle', 'properties', 'property'],
    ...['errorCodeVariable', 'errorMessageVariable', 'escalationCodeVariable'],
    ...['calledElementBinding', 'calledElementVersion', 'in', 'out'],
    ...['inputOutput', 'inputParameter', 'outputParameter'],
  ),
  ...all('translated', 'expression', 'list', 'map', 'entry', 'value', 'script'),
  ...all(
    'kept',
    ...['exclusive', 'versionTag', 'historyTimeToLive', 'diagramRelationId', 'errorMessage', 'category'],
    ...['modelerTemplate', 'modelerTemplateVersion', 'modelerTemplateIcon', 'formRefBinding', 'formRefVersion'],
    // each goes with an attribute that is refused itself
    ...['decisionRefBinding', 'decisionRefVersion', 'decisionRefTenantId', 'mapDecisionResult'],
    ...['caseBinding', 'caseVersion', 'caseTenantId'],
  ),
  ...work(['class', 'delegateExpression'], JAVA_ZH, JAVA_EN),
  ...work(
    ['connector'],
    '连接器不能运行；请用 ov:http 写同样的地址，或改为外部任务',
    'connectors do not run; write the same address as ov:http, or make it an external task',
  ),
  ...work(
    ['decisionRef'],
    '没有 DMN 引擎；请把规则写成 FEEL（ov:expression），或改为外部任务',
    'there is no DMN engine; write the rule in FEEL (ov:expression), or make it an external task',
  ),
  ...told('refused', ['executionListener', 'taskListener', 'eventListener'], LISTENER_ZH, LISTENER_EN),
  ...told(
    'refused',
    ['resource'],
    '不能使用文件中的脚本；请在元素内用 FEEL 写出',
    'scripts in files do not run; write it into the element in FEEL',
  ),
  ...told(
    'refused',
    ['errorEventDefinition'],
    '业务错误由工作程序自己报告（POST /jobs/:id/error），请删除此设置',
    'a worker reports a business error itself (POST /jobs/:id/error); remove this setting',
  ),
  ...told(
    'refused',
    ['variableMappingClass', 'variableMappingDelegateExpression'],
    '上传的模型不能调用 Java 代码；请改用 camunda:in 和 camunda:out',
    'a model cannot call Java code; use camunda:in and camunda:out',
  ),
  ...told(
    'refused',
    ['caseRef'],
    '没有 CMMN 引擎；请调用一个 BPMN 流程',
    'there is no CMMN engine; call a BPMN process',
  ),
  ...told(
    'refused',
    ['calledElementVersionTag'],
    '不能按版本标签调用；请用 camunda:calledElementVersion 指定版本号',
    'a process is not called by its version tag; name the version with camunda:calledElementVersion',
  ),
  ...told(
    'refused',
    ['skipExpression'],
    '跳过条件不会生效；请在任务前画一个排他网关',
    'tasks are not skipped by an expression; draw an exclusive gateway before it',
  ),
  ...told(
    'refused',
    ['formHandlerClass'],
    '上传的模型不能调用 Java 代码；请用 formKey 指定表单',
    'a model cannot call Java code; name a form with formKey',
  ),
  ...told(
    'warned',
    ['formData', 'formField', 'formProperty', 'validation', 'constraint'],
    '内嵌表单不会显示；请做成表单文件，用 formKey 指定',
    'a form inside the model is not shown; make it a form of its own and name it with formKey',
  ),
  ...told(
    'warned',
    ['jobPriority', 'taskPriority'],
    '后台作业按到期先后进行',
    'background work is done in the order in which it falls due',
  ),
  ...told(
    'warned',
    ['candidateStarterGroups', 'candidateStarterUsers', 'isStartableInTasklist', 'potentialStarter'],
    '谁可以发起由事项目录决定',
    'who may open a case is decided by the catalogue of items',
  ),
  ...told(
    'warned',
    ['variableName', 'variableEvents'],
    '任何变量变化后都会重新判断条件',
    'the condition is asked again whenever any variable changes',
  ),
  ...told('warned', ['calledElementTenantId'], '没有租户之分', 'there are no tenants'),
  ...told(
    'warned',
    ['field'],
    '字段只对 Java 类有意义；给工作程序的固定文字请写成 camunda:properties',
    'fields mean something to a Java class only; fixed texts for a worker are camunda:properties',
  ),
]);

/** `camunda:type` other than external: mail, shell, camel, dmn … */
export const FOREIGN_TYPE = {
  treatment: 'refused',
  isWork: true,
  zh: '只能是 external（外部任务）；发邮件等请改为外部任务由工作程序完成，或用 ov:http 调用服务',
  en: 'only external tasks are known; let a worker send mail and the like, or make it an HTTP call (ov:http)',
} as const;

/** `camunda:expression` where no result can be kept. */
export const FOREIGN_EXPRESSION = { treatment: 'refused', zh: JAVA_ZH, en: JAVA_EN } as const;
