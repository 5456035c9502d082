import { bpmn, chain } from '../support/bpmn.ts';
import { draw, type Box } from './draw.ts';

const task = (id: string, name: string, more = '') =>
  `<userTask id="${id}" name="${name}" ov:department="housing" ${more}/>`;
const event = (type: string, id: string, name: string, definition: string, attributes = '') =>
  `<${type} id="${id}" name="${name}" ${attributes}>${definition}</${type}>`;

export const CALLED = draw(
  bpmn(`<startEvent id="s"/>${task('inspect', '现场核查')}<endEvent id="e"/>${chain('s', 'inspect', 'e')}`, {
    id: 'site-inspection',
    name: '现场核查（被调用）',
  }),
  { s: [0, 22, 36, 36], inspect: [90, 0, 120, 80], e: [270, 22, 36, 36] },
);

const ROOTS =
  '<message id="paid" name="缴费完成"/><message id="stop" name="撤回通知"/><signal id="storm" name="台风预警"/>' +
  '<escalation id="late" name="逾期" escalationCode="LATE"/>';

/** One case that waits in every new way at once: choice, called case, gateway on events, condition, sub-processes. */
export const EVERY_WAIT = draw(
  bpmn(
    `<startEvent id="s" name="申请"/>${task('accept', '受理')}<parallelGateway id="fork"/>
    <adHocSubProcess id="survey" name="补充勘查">${task('photo', '现场拍照', 'ov:promise="1"')}${task('measure', '面积测量')}${task('ask', '征求邻里意见')}</adHocSubProcess>
    <callActivity id="call" name="调用现场核查" calledElement="site-inspection"/>
    <eventBasedGateway id="gate" name="等缴费或到期"/>
    ${event('intermediateCatchEvent', 'pay', '缴费完成', '<messageEventDefinition messageRef="paid"/>')}
    ${event('intermediateCatchEvent', 'due', '三天到期', '<timerEventDefinition><timeDuration>P3D</timeDuration></timerEventDefinition>')}
    ${event('intermediateCatchEvent', 'cond', '面积超过100', '<conditionalEventDefinition><condition xsi:type="tFormalExpression">area != null and area > 100</condition></conditionalEventDefinition>')}
    <subProcess id="review" name="会审"><startEvent id="rs"/>${task('panel', '专家评审', 'ov:promise="1"')}<intermediateThrowEvent id="raise" name="上报"><escalationEventDefinition escalationRef="late"/></intermediateThrowEvent>${task('sign', '会签')}
      <subProcess id="storm-sub" name="台风应急" triggeredByEvent="true">${event('startEvent', 'ss', '台风预警', '<signalEventDefinition signalRef="storm"/>', 'isInterrupting="false"')}${task('shelter', '转移安置')}${chain('ss', 'shelter')}</subProcess>
      ${chain('rs', 'panel', 'raise', 'sign')}</subProcess>
    ${event('boundaryEvent', 'on-late', '逾期', '<escalationEventDefinition escalationRef="late"/>', 'attachedToRef="review" cancelActivity="false"')}${task('hurry', '督促会审')}
    <transaction id="pay-tx" name="收费事务">${task('charge', '收取费用')}${task('refund', '退还费用', 'isForCompensation="true"')}
      <boundaryEvent id="on-charge" attachedToRef="charge"><compensateEventDefinition/></boundaryEvent>
      <association id="undo-link" associationDirection="One" sourceRef="on-charge" targetRef="refund"/>
      ${task('check', '核对票据')}<endEvent id="tx-cancel" name="取消"><cancelEventDefinition/></endEvent>${chain('charge', 'check', 'tx-cancel')}</transaction>
    ${event('boundaryEvent', 'on-cancel', '收费取消', '<cancelEventDefinition/>', 'attachedToRef="pay-tx"')}${task('sorry', '告知申请人')}
    <intermediateThrowEvent id="to-archive" name="归档"><linkEventDefinition name="归档"/></intermediateThrowEvent>
    <intermediateCatchEvent id="archive-in" name="归档"><linkEventDefinition name="归档"/></intermediateCatchEvent>
    ${task('archive', '一个名称特别特别长的归档环节：整理全部纸质材料与电子材料并移交城建档案馆统一保管同时通知申请人领取回执')}
    <complexGateway id="enough" name="两路即可"><activationCondition xsi:type="tFormalExpression">activationCount &gt;= 2</activationCondition></complexGateway>
    <endEvent id="e" name="办结"/>
    ${chain('s', 'accept', 'fork')}${['survey', 'call', 'gate', 'cond', 'review', 'pay-tx'].map((id) => chain('fork', id)).join('')}
    ${chain('gate', 'pay', 'enough')}${chain('gate', 'due', 'enough')}${chain('survey', 'enough')}${chain('call', 'enough')}${chain('cond', 'enough')}${chain('enough', 'to-archive')}${chain('archive-in', 'archive', 'e')}
    ${chain('review', 'e')}${chain('on-late', 'hurry')}${chain('on-cancel', 'sorry')}`,
    { id: 'every-wait', name: '各类等待', processAttrs: 'ov:promise="20"', roots: ROOTS },
  ),
  boxes(),
);

function boxes(): Record<string, Box> {
  const event = (x: number, y: number): Box => [x, y, 36, 36];
  const work = (x: number, y: number): Box => [x, y, 120, 80];
  return {
    s: event(0, 442),
    accept: work(80, 420),
    fork: [250, 435, 50, 50],
    survey: [380, 0, 480, 140],
    photo: work(400, 30),
    measure: work(550, 30),
    ask: work(700, 30),
    call: work(380, 180),
    gate: [380, 305, 50, 50],
    pay: event(520, 285),
    due: event(520, 350),
    cond: event(390, 430),
    enough: [950, 300, 50, 50],
    'to-archive': event(1060, 307),
    'archive-in': event(950, 420),
    archive: work(1020, 400),
    e: event(1200, 422),
    review: [380, 520, 620, 300],
    rs: event(400, 572),
    panel: work(470, 550),
    raise: event(640, 572),
    sign: work(730, 550),
    'storm-sub': [420, 680, 320, 120],
    ss: event(450, 720),
    shelter: work(560, 700),
    'on-late': event(982, 640),
    hurry: work(1060, 620),
    'pay-tx': [380, 880, 620, 240],
    charge: work(410, 910),
    'on-charge': event(450, 972),
    refund: work(560, 1020),
    check: work(600, 910),
    'tx-cancel': event(780, 932),
    'on-cancel': event(982, 980),
    sorry: work(1060, 960),
  };
}
