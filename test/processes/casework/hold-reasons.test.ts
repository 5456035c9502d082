import { describe, expect, it } from '@jest/globals';
import { memoryStore } from '../../../engine/store/memory/index.ts';
import { holdReasonOf } from '../../../processes/casework/hold-reasons.ts';
import { isSiteVisit } from '../../../processes/casework/site-visit.ts';

const of = (name: string) => (/^[ -~]+$/.test(name) ? { zh: '示例', en: name } : { zh: name, en: 'sample' });

describe('a local reason to stop a clock', () => {
  it.each([
    ...['勘查', '消防勘察', '工程现场勘察', '现场查勘'],
    ...['现场踏勘', '实地踏看', '踏查', '现勘', '上门勘验', '现场勘测', '现场考察'],
    ...['实地核查', '现场查验', '现场核查', '实地查看', '上门核查', '入户查看', '到场查看', '到户核实', '登门走访'],
    ...['现场联合核查', '现场进行检查', '核实现场情况', '查看现场', '看现场'],
    ...['site visit', 'on-site inspection', 'field survey', 'visit to the site', 'Inspection of the premises'],
    ...['verification on site', 'checking on the spot', 'viewing the premises'],
  ])('is a site visit by another name: %s', (name) => {
    expect(isSiteVisit(of(name))).toBe(true);
  });

  it.each([
    ...['公示', '核查档案', '现场会议', '极端天气', '现场检测', '现场检验', '到场鉴定', '上门检疫', '专家评审'],
    ...[
      '考古调查勘探',
      '考古调查、勘探',
      '地质勘查',
      '矿产资源勘查',
      '岩土工程勘察',
      '文物勘查',
      '地下管线勘察',
      '工程测量勘察',
    ],
    ...['public notice', 'on-site test', 'expert review', 'check of the archive', 'website inspection'],
  ])('is none: %s', (name) => {
    expect(isSiteVisit(of(name))).toBe(false);
  });

  it('that was entered before its name was known for a site visit stops none any more', async () => {
    const store = memoryStore();
    const reason = { key: 'look', zh: '到场查看', en: 'look', basis: '《示例条例》第八条' };
    await store.putDocument('settings', 'hold-reasons', { reasons: [reason] });
    const asked = holdReasonOf(store, { reason: 'local', local: 'look' });
    await expect(asked).rejects.toMatchObject({ code: 'clock.site_visit_counts', details: { field: '/local' } });
  });
});
