import { layout } from '../../scripts/layout-lanes.mjs';

/** Three departments in parallel between the window's acceptance and its delivery, drawn with lanes. */
export async function threeDepartments({
  name = '门店招牌一件事',
  broken = false,
  milestones = false,
} = {}): Promise<string> {
  const lane = (id: string, label: string, nodes: string[]) =>
    `<lane id="lane-${id}" name="${label}" ov:department="${id}">${nodes.map((node) => `<flowNodeRef>${node}</flowNodeRef>`).join('')}</lane>`;
  const task = (id: string, label: string, promise: number) =>
    `<userTask id="${id}" name="${label}" ov:promise="${promise}"/>`;
  const marks: Record<string, string> = {
    'accept-fork': 'accepted',
    'join-deliver': 'decided',
    'deliver-end': 'delivered',
  };
  const flow = (a: string, b: string) => {
    const mark = milestones && marks[`${a}-${b}`] ? ` ov:milestone="${marks[`${a}-${b}`]}"` : '';
    return `<sequenceFlow id="${a}-${b}" sourceRef="${a}" targetRef="${b}"${mark}/>`;
  };
  const script = broken
    ? '<scriptTask id="script" name="脚本" scriptFormat="javascript"><script>process.exit()</script></scriptTask>'
    : '';
  const last = broken ? flow('deliver', 'script') + flow('script', 'end') : flow('deliver', 'end');
  return layout(`<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI" xmlns:ov="https://onevisit.dev/schema/1.0" id="StoryDefinitions" targetNamespace="https://onevisit.dev/test">
  <collaboration id="pool-set"><participant id="pool" name="${name}" processRef="story"/></collaboration>
  <process id="story" name="${name}" isExecutable="true" ov:promise="10">
    <laneSet id="lanes">
      ${lane('window', '综合窗口', ['start', 'accept', 'fork', 'join', 'deliver', ...(broken ? ['script'] : []), 'end'])}
      ${lane('natural-resources', '自然资源局', ['land'])}
      ${lane('tax', '税务局', ['duty'])}
      ${lane('housing', '住房和城乡建设局', ['facade'])}
    </laneSet>
    <startEvent id="start" name="申请"/>${task('accept', '受理', 1)}<parallelGateway id="fork"/>
    ${task('land', '用地核查', 5)}${task('duty', '涉税核查', 5)}${task('facade', '立面审核', 1)}
    <parallelGateway id="join"/>${task('deliver', '统一出件', 1)}${script}<endEvent id="end" name="办结"/>
    ${flow('start', 'accept')}${flow('accept', 'fork')}${['land', 'duty', 'facade'].map((id) => flow('fork', id) + flow(id, 'join')).join('')}
    ${flow('join', 'deliver')}${last}
  </process>
</definitions>`);
}
