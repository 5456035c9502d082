import { bpmn, chain, flow } from '../../support/bpmn.ts';

const BASIS = 'ov:basis="测试承诺"';

/** Two departments look at it at the same time, then it is done. */
export const TWO_DESKS = bpmn(
  `<startEvent id="apply" name="提交申请" ov:form="apply"/>
   <parallelGateway id="split"/>
   <userTask id="tax" name="核税" ov:department="tax" ov:form="opinion" ov:promise="2" ov:unit="workingDays" ${BASIS}/>
   <userTask id="trade" name="网签核验" ov:department="housing" ov:promise="1" ov:unit="workingDays" ${BASIS}/>
   <parallelGateway id="join"/>
   <endEvent id="done" name="办结"/>
   ${chain('apply', 'split', 'tax', 'join', 'done')}${flow('split', 'trade')}${flow('trade', 'join')}`,
  {
    id: 'two-desks',
    name: '两个窗口',
    processAttrs: `ov:department="housing" ov:promise="5" ov:unit="workingDays" ${BASIS}`,
  },
);

export const APPLY = {
  key: 'apply',
  title: { zh: '申请', en: 'Application' },
  fields: [
    { name: 'houseAddress', label: { zh: '坐落', en: 'Address' }, type: 'text', required: true },
    { name: 'price', label: { zh: '价款', en: 'Price' }, type: 'money', min: 1 },
    { name: 'proof', label: { zh: '证明', en: 'Proof' }, type: 'file' },
  ],
};

export const OPINION = {
  key: 'opinion',
  title: { zh: '审核意见', en: 'Opinion' },
  fields: [
    {
      name: 'taxResult',
      label: { zh: '结论', en: 'Result' },
      type: 'radio',
      required: true,
      options: [
        { value: 'assessed', label: { zh: '已核定', en: 'Assessed' } },
        { value: 'supplement', label: { zh: '需补充', en: 'Supplement' } },
      ],
    },
    { name: 'taxOpinion', label: { zh: '内部意见', en: 'Opinion' }, type: 'textarea' },
  ],
};

/** The applicant is asked for more, by name. */
export const SUPPLEMENT = bpmn(
  `<startEvent id="apply" ov:form="apply"/>
   <userTask id="check" name="审核" ov:department="tax"/>
   <userTask id="supplement" name="补正" ov:assignee="=applicant"/>
   <endEvent id="done"/>
   ${chain('apply', 'check', 'supplement', 'done')}`,
  { id: 'supplement-home', name: '补正流程' },
);

/** Accepted, decided and delivered: the three clocks. */
export const PERMIT = bpmn(
  `<startEvent id="apply" name="提交申请" ov:form="apply"/>
   <userTask id="accept" name="受理审查" ov:department="window"/>
   <userTask id="decide" name="审批决定" ov:department="housing" ov:milestone="decided"/>
   <userTask id="deliver" name="送达" ov:department="window" ov:milestone="delivered"/>
   <endEvent id="done" name="办结"/>
   ${flow('apply', 'accept')}<sequenceFlow id="accepted" sourceRef="accept" targetRef="decide" ov:milestone="accepted"/>
   ${chain('decide', 'deliver', 'done')}`,
  { id: 'permit', name: '行政许可', processAttrs: 'ov:department="housing" ov:promise="10"' },
);

/** An outside system does the work, then news from another one ends it. */
export const OUTSIDE = bpmn(
  `<startEvent id="apply"/>
   <serviceTask id="assess" name="联网核税" ov:topic="tax-assess" ov:retries="1"/>
   <intermediateCatchEvent id="paid" name="缴税完成"><messageEventDefinition messageRef="Paid"/></intermediateCatchEvent>
   <endEvent id="done"/>
   ${chain('apply', 'assess', 'paid', 'done')}`,
  { id: 'outside', name: '外部系统', roots: '<message id="Paid" name="paid" ov:correlationKey="=contract"/>' },
);

/** Each warning is noted, and the watch goes on. */
export const STORM_WATCH = bpmn(
  `<startEvent id="s"/><userTask id="watch" name="值守" ov:department="housing"/><endEvent id="done"/><endEvent id="noted"/>
   <boundaryEvent id="warned" attachedToRef="watch" cancelActivity="false"><signalEventDefinition signalRef="Storm"/></boundaryEvent>
   ${chain('s', 'watch', 'done')}${chain('warned', 'noted')}`,
  { id: 'storm-watch', name: '防台值守', roots: '<signal id="Storm" name="storm"/>' },
);

/** High water begins it, whoever reports that. */
export const FLOOD = bpmn(
  `<startEvent id="s"><conditionalEventDefinition><condition>waterLevel &gt; 4</condition></conditionalEventDefinition></startEvent>
   <userTask id="react" name="处置" ov:department="housing"/>
   <endEvent id="done"/>
   ${chain('s', 'react', 'done')}`,
  { id: 'flood', name: '防汛应急' },
);
