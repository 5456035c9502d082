import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { showInstant } from '../../admin-ui/src/shared/instant.ts';
import { bpmn, chain, flow } from '../support/bpmn.ts';
import { threeDepartments } from './model.ts';
import { openStage, overflow, PHONE, type Stage } from './stage.ts';

/** The window's acceptance, and a task by which the applicant is asked to supplement within 15 days. */
const ASKS_BY_TASK = bpmn(
  `<startEvent id="s"/><userTask id="accept" name="受理" ov:department="window" ov:promise="1"/>
     <exclusiveGateway id="g" default="g-review"/><endEvent id="returned"/><endEvent id="e"/>
     <userTask id="supplement" name="补齐占道方案" ov:assignee="=applicant" ov:supplement="true"/>
     <boundaryEvent id="late" attachedToRef="supplement"><timerEventDefinition><timeDuration>P15D</timeDuration></timerEventDefinition></boundaryEvent>
     <userTask id="review" ov:department="housing" ov:milestone="decided"/>
     ${chain('s', 'accept', 'g')}${flow('g', 'supplement', 'answer = "supplement"')}${flow('supplement', 'accept')}${flow('late', 'returned')}
     <sequenceFlow id="g-review" sourceRef="g" targetRef="review" ov:milestone="accepted"/>${chain('review', 'e')}`,
  { id: 'by-task', name: '占道施工许可', processAttrs: 'ov:promise="10"' },
);

let stage: Stage;
let caseId: string;
/** Where the city's notices go. Calls to supplement it takes only when it is told to. */
let taking = false;
const taken: string[] = [];
const gateway = createServer((request, response) => {
  let body = '';
  request.on('data', (chunk) => (body += chunk));
  request.on('end', () => {
    const { id, kind } = JSON.parse(body) as { id: string; kind: string };
    const takes = taking || kind !== 'supplement.noticed';
    if (takes) taken.push(id);
    response.writeHead(takes ? 204 : 503).end();
  });
});

beforeAll(async () => {
  await new Promise<void>((resolve) => gateway.listen(0, '127.0.0.1', resolve));
  const { port } = gateway.address() as AddressInfo;
  stage = await openStage('clock', { ONEVISIT_NOTICE_URL: `http://127.0.0.1:${port}/notices` });
  const xml = await threeDepartments();
  await stage.as('丁设计', async ({ page }) => {
    await stage.post(page, '/definitions', xml);
    ({ id: caseId } = await stage.post<{ id: string }>(page, '/cases', {
      definition: 'story',
      title: '河畔路 6 号招牌',
    }));
  });
}, 240_000);

afterAll(async () => {
  await stage?.close();
  gateway.close();
}, 30_000);

describe('the clock of a case', () => {
  it('is stopped by a supervisor for a reason of the law, and runs on; the head of the government extends the limit', async () => {
    await stage.as('冯督办', async ({ page, shot }) => {
      await page.goto(`${stage.url}/cases/${caseId}`);
      const dialog = page.getByRole('dialog');
      await page.getByRole('button', { name: '启动特别程序' }).click();
      await dialog.getByText('现场踏勘不在列举之内，不停止计时').waitFor();
      await dialog.getByRole('button', { name: '启动特别程序' }).click();
      await dialog.getByText('请填写告知申请人的理由').waitFor();
      const days = dialog.locator('.el-form-item.is-error', { has: page.locator('#clock-days') });
      await days.getByText('请填写预计需要的工作日').waitFor();
      const notice = dialog.locator('.el-form-item.is-error', { has: page.locator('#clock-notice') });
      await notice.getByText('请填写书面告知文号').waitFor();
      await shot('70-hold-empty');
      await dialog.locator('.el-select').click();
      await page.getByRole('option', { name: '专家评审' }).click();
      await dialog.locator('#clock-days').fill('15');
      await dialog.getByLabel('书面告知文号').fill('特〔2026〕1号');
      await dialog.getByLabel('告知申请人的理由').fill('委托专家评审，预计十五个工作日');
      await shot('70-hold');
      await dialog.getByRole('button', { name: '启动特别程序' }).click();
      await page.locator('.page-head').getByText('计时暂停 · 专家评审').first().waitFor();
      const expected = page.locator('.record', { hasText: '预计 15 个工作日' });
      await expected.getByRole('button', { name: '为什么是这一天' }).click();
      const why = page.getByRole('dialog', { name: '为什么是这一天' });
      await why.getByText('15 个工作日').first().waitFor();
      await shot('71-held-why');
      await page.keyboard.press('Escape');
      await why.waitFor({ state: 'hidden' });
      await page
        .getByText(/告知书 特〔2026〕1号/)
        .first()
        .waitFor();
      await page.locator('.page-head .light-grey').waitFor();
      await page
        .locator('.facts')
        .getByText(/计时暂停，剩余 \d+ 个工作日/)
        .waitFor();
      await page.locator('.facts').getByText('已用时间').waitFor();
      await shot('71-held');
      await page.locator('.facts').getByRole('button', { name: '为什么没有到期时间' }).first().click();
      const whyNone = page.getByRole('dialog', { name: '为什么没有到期时间' });
      await whyNone.getByText('专家评审').first().waitFor();
      await shot('71-held-none');
      await page.keyboard.press('Escape');
      await whyNone.waitFor({ state: 'hidden' });

      await page.getByRole('button', { name: '结束特别程序' }).click();
      await dialog.getByLabel('告知申请人的理由').fill('评审结束');
      await dialog.getByRole('button', { name: '结束特别程序' }).click();
      await page.locator('.page-head .light-green').waitFor();
      expect(await page.getByRole('button', { name: '批准延期' }).count()).toBe(0);
    });
    await stage.as('赵市长', async ({ page, shot }) => {
      await page.goto(`${stage.url}/cases/${caseId}`);
      const dialog = page.getByRole('dialog');
      await page.getByRole('button', { name: '批准延期' }).click();
      await dialog.getByLabel('告知申请人的理由').fill('情况复杂，需要补充调查');
      await dialog.locator('#clock-value').fill('99');
      await dialog.getByRole('button', { name: '批准延期' }).click();
      await dialog.getByText(/请填写 1 至 \d+ 的整数/).waitFor();
      await shot('72-extend-too-long');
      await dialog.locator('#clock-value').fill('5');
      await shot('72-extend');
      await dialog.getByRole('button', { name: '批准延期' }).click();
      await page.getByText('已批准延期 5').waitFor();
      await page
        .locator('.facts')
        .getByText(/\d \+ 5 个工作日/)
        .waitFor();
      await page.getByText('理由：情况复杂，需要补充调查').waitFor();
      await page.getByText('批准人：赵市长（市人民政府分管负责人）').waitFor();
      await page.getByText(/赵市长批准延期 5 个工作日：情况复杂/).waitFor();
      await shot('73-extended');
    });
  }, 90_000);

  it('and the applicant-facing record fits a phone', async () => {
    await stage.as(
      '冯督办',
      async ({ page, shot }) => {
        await page.goto(`${stage.url}/cases/${caseId}`);
        await page.getByText('特别程序：专家评审').waitFor();
        await shot('74-clock-phone');
      },
      { viewport: PHONE },
    );
  }, 60_000);
});

describe('an application that lacks something', () => {
  let id: string;

  it('is told about at once: each defect at the field or material it names, until when', async () => {
    await stage.as('陈买房', async ({ page }) => {
      ({ id } = await stage.post<{ id: string }>(page, '/cases', {
        definition: 'second-hand-home',
        title: '演示路 8 号过户',
        data: {
          sellerName: '赵卖房',
          sellerId: '210504190001010000',
          buyerName: '陈买房',
          buyerId: '210502190001010008',
          buyerPhone: '13800138000',
          contractNumber: 'BX-2026-00101',
          certificateNumber: '辽（2019）本溪市不动产权第0000101号',
          houseAddress: '平山区演示路 8 号 301',
          area: 89.5,
          price: 460000,
          deliveryMethod: 'electronic',
        },
      }));
    });
    await stage.as(
      '周窗口',
      async ({ page, shot }) => {
        await page.goto(`${stage.url}/cases/${id}`);
        await page.getByText('受理审查截止').first().waitFor();
        await shot('75-phases');
        await page.getByRole('button', { name: '一次性告知补正' }).click();
        const dialog = page.getByRole('dialog');
        await dialog.getByRole('button', { name: '告知申请人' }).click();
        await dialog.getByText('请逐项填写项目或材料').waitFor();
        await dialog.locator('#defect-material-0').fill('价格');
        await page.getByRole('option', { name: '成交价格（元） 申请表' }).click();
        await dialog.locator('#defect-problem-0').fill('与网签合同载明的价格不一致');
        await dialog.getByRole('button', { name: '再加一项' }).click();
        await dialog.locator('#defect-material-1').click();
        await page.getByRole('option', { name: '授权委托书 材料' }).waitFor();
        await shot('76-notice');
        await page.getByRole('option', { name: '授权委托书 材料' }).click();
        await dialog.locator('#defect-problem-1').fill('缺少');
        await dialog.getByRole('button', { name: '再加一项' }).click();
        await dialog.locator('#defect-material-2').fill('配偶同意书');
        await dialog.locator('#defect-problem-2').fill('没有签字');
        const tell = dialog.getByRole('button', { name: '告知申请人' });
        await page.route(
          '**/supplement-notices',
          (route) => route.fulfill({ status: 409, json: { title: '刚有变动' } }),
          {
            times: 1,
          },
        );
        await tell.click();
        await dialog.getByText('刚有变动').waitFor();
        // so that Tab stays in the dialog
        await dialog.locator('button:focus', { hasText: '告知申请人' }).waitFor();
        await tell.click();
        await page.getByText('等待补正').waitFor();
        await page.locator('.page-head .light-grey').waitFor();
        await page.locator('.phases .now .due-date', { hasText: '暂无到期时间' }).waitFor();
        await page.locator('.record', { hasText: '补正期限' }).locator('.due-date').click();
        await dialog
          .getByText(/时限 15 个工作日/)
          .first()
          .waitFor();
        await page.keyboard.press('Escape');
        await dialog.waitFor({ state: 'hidden' });
        await shot('77-noticed');
      },
      { provoked: /409/ },
    );
  }, 90_000);

  it('is corrected by the applicant in its own form, all at once; what was typed outlives a reload', async () => {
    await stage.as(
      '陈买房',
      async ({ page, shot }) => {
        await page.goto(`${stage.url}/cases/${id}`);
        const card = page.locator('section', { has: page.getByRole('heading', { name: '请补正材料' }) });
        await card.getByText('还有 3 项待补正').waitFor();
        await card.locator('.light-green').waitFor();
        await shot('78-supplement-phone');
        expect(await overflow(page)).toBe(0);
        await card.locator('.due-date').click();
        await page
          .getByRole('dialog')
          .getByText(/时限 15 个工作日/)
          .first()
          .waitFor();
        await page.keyboard.press('Escape');

        const price = card.locator('[data-field=price]');
        await price.getByText('与网签合同载明的价格不一致').waitFor();
        expect(await price.getByRole('textbox').inputValue()).toBe('460000');
        await price.getByRole('textbox').fill('480000');
        await card.locator('#defect-1-files').setInputFiles({
          name: '委托书.pdf',
          mimeType: 'application/pdf',
          buffer: Buffer.from('%PDF-1.4'),
        });
        await card.getByRole('link', { name: '委托书.pdf' }).waitFor();
        await card.getByRole('button', { name: '提交补正' }).click();
        await card.getByRole('alert').getByText('“配偶同意书”还没有补正：没有签字').waitFor();
        await shot('79-incomplete-phone');

        await page.reload();
        await card.getByText('还有 1 项待补正').waitFor();
        expect(await price.getByRole('textbox').inputValue()).toBe('480000');
        await card.locator('#defect-2-note').fill('签字原件已交窗口');
        await price.scrollIntoViewIfNeeded();
        await shot('79-correction-phone');
        await card.getByText('各项均已补正').waitFor();
        await card.getByRole('button', { name: '提交补正' }).click();
        await page.getByText('已补正').first().waitFor();
        await page.locator('.page-head .light-green').waitFor();
        await page.getByText('480,000.00').first().waitFor();
        await page.locator('.record', { hasText: '补正期限' }).locator('.due-date').waitFor();
        await shot('79-supplemented-phone');
      },
      { viewport: PHONE, provoked: /status of 422/ },
    );
  }, 60_000);

  it('shows the office what changed, needs a reason to be told a second time, and goes on to the next clock', async () => {
    await stage.as('周窗口', async ({ page, shot }) => {
      await page.goto(`${stage.url}/cases/${id}`);
      const record = page.locator('.supplement').first();
      await record.getByText('460,000.00').waitFor();
      await record.getByText('480,000.00').waitFor();
      await record.getByRole('link', { name: '委托书.pdf' }).waitFor();
      await record.getByText('申请人说明：签字原件已交窗口').waitFor();
      await record.scrollIntoViewIfNeeded();
      await shot('80-what-changed');
      await page.getByRole('button', { name: '一次性告知补正' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByText('此前已告知过一次').waitFor();
      await dialog.locator('#defect-material-0').fill('营业执照');
      await dialog.locator('#defect-problem-0').fill('印章不清晰');
      await dialog.getByRole('button', { name: '告知申请人' }).click();
      await dialog.getByText('请填写再次告知的理由').waitFor();
      await shot('80-notice-again');
      await dialog.getByRole('button', { name: '返回' }).click();
      const { tasks } = (await (await page.request.get(`${stage.url}/api/cases/${id}`)).json()) as {
        tasks: { id: string }[];
      };
      const task = `/tasks/${tasks[0]!.id}`;
      await page.goto(stage.url + task);
      await page.locator('.supplement').getByText('480,000.00').waitFor();
      await shot('80-task-what-changed');
      await stage.post(page, `${task}/claim`, {});
      await stage.post(page, `${task}/complete`, { data: { acceptDecision: 'accept' } });
      await page.goto(`${stage.url}/cases/${id}`);
      await page.getByText('承诺到期').first().waitFor();
      await page.locator('.phases .now').getByText('办理').waitFor();
      await page.locator('.phases .now .due-date').click();
      await page.getByRole('dialog').getByText(/起算/).first().waitFor();
      await shot('81-handling');
    });
  }, 90_000);
});

describe('a process that asks by a task of its own', () => {
  it('leads the applicant from the case to the task, with the date on which its timer ends it', async () => {
    await stage.as('丁设计', async ({ page }) => void (await stage.post(page, '/definitions', ASKS_BY_TASK)));
    let asked = '';
    await stage.as('陈买房', async ({ page }) => {
      const start = { definition: 'by-task', title: '演示巷 5 号占道', data: {} };
      ({ id: asked } = await stage.post<{ id: string }>(page, '/cases', start));
    });
    await stage.as('周窗口', async ({ page }) => {
      const { tasks } = (await (await page.request.get(`${stage.url}/api/cases/${asked}`)).json()) as {
        tasks: { id: string }[];
      };
      await stage.post(page, `/tasks/${tasks[0]!.id}/claim`, {});
      await stage.post(page, `/tasks/${tasks[0]!.id}/complete`, { data: { answer: 'supplement' } });
    });
    await stage.as('陈买房', async ({ page, shot }) => {
      await page.goto(`${stage.url}/cases/${asked}`);
      const card = page.locator('section', { has: page.getByRole('heading', { name: '请补正材料' }) });
      await card.locator('.due-date').click();
      await page
        .getByRole('dialog')
        .getByText(/流程本身写明/)
        .waitFor();
      await page.keyboard.press('Escape');
      // no defects are listed, so it is no one-time notice
      await page.getByText('告知补正', { exact: true }).waitFor();
      await shot('79-by-task');
      await card.getByRole('link', { name: '去补正' }).click();
      await page.getByRole('heading', { name: '补齐占道方案' }).waitFor();
    });
  }, 60_000);
});

describe('the administrator', () => {
  it('enters a local reason with its basis, and a site visit is refused', async () => {
    await stage.as(
      '丁设计',
      async ({ page, shot }) => {
        await page.goto(`${stage.url}/hold-reasons`);
        await page.getByRole('button', { name: '添加事由' }).click();
        await page.locator('#reason-zh-0').fill('现场踏勘');
        await page.locator('#reason-en-0').fill('site visit');
        await page.locator('#reason-key-0').fill('site');
        await page.locator('#reason-basis-0').fill('《示例条例》第八条');
        await page.getByRole('button', { name: '保存' }).click();
        await page.getByText('现场踏勘不在法律列举的八种情形之内').waitFor();
        await page.locator('#reason-zh-0').fill('公示');
        await page.locator('#reason-en-0').fill('public notice');
        await page.locator('#reason-key-0').fill('publicNotice');
        await page.getByRole('button', { name: '保存' }).click();
        await page.getByText('已保存').waitFor();
        await shot('82-hold-reasons');
      },
      { provoked: /422/ },
    );
    await stage.as('冯督办', async ({ page, shot }) => {
      await page.goto(`${stage.url}/cases/${caseId}`);
      await page.getByRole('button', { name: '启动特别程序' }).click();
      await page.getByRole('dialog').locator('.el-select').click();
      await page.getByRole('option', { name: '公示' }).click();
      await shot('83-local-reason');
    });
  }, 90_000);
});

describe('a notice that did not arrive', () => {
  it('is not looked for in the message catcher of a demo that sends its notices', async () => {
    await stage.as('冯督办', async ({ page, shot }) => {
      await page.goto(`${stage.url}/notices`);
      await page.getByText('通知直接发往该地址').waitFor();
      await shot('84-notices-sent-out');
    });
  }, 60_000);

  it('is counted on the board and listed, on a phone too', async () => {
    await stage.as(
      '冯督办',
      async ({ page, shot }) => {
        const { now } = (await (await page.request.get(`${stage.url}/api/status`)).json()) as { now: string };
        const later = new Date(Date.parse(now) + 40 * 3_600_000).toISOString();
        await page.goto(`${stage.url}/board`);
        await stage.post(page, '/demo/clock', { to: later });
        // told of what came due, the banner goes along with the page below it
        await page.locator('.demo-banner', { hasText: `演示时间 ${showInstant(later).slice(0, -1)}` }).waitFor();
        await page.goto(`${stage.url}/board`);
        await page.getByRole('link', { name: /条通知未送达/ }).waitFor();
        await shot('84-undelivered-board-phone');
        await page.getByRole('link', { name: /条通知未送达/ }).click();
        await page.getByRole('heading', { name: '未送达的通知' }).scrollIntoViewIfNeeded();
        await page.getByRole('button', { name: '重新发送' }).first().waitFor();
        expect(await overflow(page)).toBe(0);
        await shot('85-undelivered-phone');
      },
      { viewport: PHONE },
    );
  }, 60_000);

  it('arrives once when it is sent again', async () => {
    await stage.as('冯督办', async ({ page, shot }) => {
      await page.goto(`${stage.url}/incidents`);
      const row = page.locator('tr', { hasText: '演示路 8 号过户' });
      await row.getByText('已试 30 次').waitFor();
      await shot('86-undelivered');
      taking = true;
      const before = taken.length;
      await row.getByRole('button', { name: '重新发送' }).click();
      await page.getByText('已重新发送').waitFor();
      await row.waitFor({ state: 'hidden' });
      expect(taken.slice(before)).toHaveLength(1);
      const [id] = taken.at(-1)!.split('.');
      await page.goto(`${stage.url}/cases/${id}`);
      const line = page.getByText('重新发送给陈买房的通知已送达');
      const more = page.getByRole('button', { name: '加载更多' });
      await line.or(more).first().waitFor();
      if (!(await line.isVisible())) await more.click();
      await line.waitFor();
      await shot('87-delivered');
    });
  }, 90_000);
});

describe('a supervisor who looks at a department on the board', () => {
  it('orders it to act on its overdue cases at once, all chosen before', async () => {
    await stage.as('冯督办', async ({ page, shot }) => {
      await page.goto(`${stage.url}/board`);
      await page
        .getByRole('button', { name: /^督办 \D/ })
        .first()
        .click();
      const dialog = page.getByRole('dialog');
      const cases = dialog.locator('.el-checkbox');
      await cases.first().waitFor();
      const count = await cases.count();
      expect(count).toBeGreaterThan(1);
      expect(await dialog.locator('.el-checkbox.is-checked').count()).toBe(count);
      await dialog.getByText(`已选 ${count} 件办件`).waitFor();
      await dialog.getByLabel('督办内容').fill('积压办件请于本周内办结');
      await shot('88-order-department');
      await dialog.getByRole('button', { name: '督办', exact: true }).click();
      await page.getByText('督办单已发出').waitFor();
      await page.goto(`${stage.url}/orders`);
      const row = page.locator('tr', { hasText: '积压办件请于本周内办结' });
      await row.getByText(`涉及 ${count} 件办件`).click();
      expect(await row.locator('a').count()).toBe(count);
      await shot('89-department-ordered');
      await row.locator('a').last().click();
      await page.getByText('积压办件请于本周内办结').first().waitFor();
      await shot('90-order-in-other-case');
    });
  }, 60_000);
});
