import type { JsonObject } from '../../engine/kernel/json.ts';
import { TODAY, type Scene, type Story } from './story.ts';

/** The cases a newcomer finds. Ids and codes are the visibly fake ones for demos; lights follow from the limits in the models. */

const at = (daysAgo: number, hour: number) => ({ daysAgo, hour });

function home(contract: string, more: JsonObject = {}): JsonObject {
  return {
    sellerName: '赵卖房',
    sellerId: '210504190001010000',
    buyerName: '陈买房',
    buyerId: '210502190001010008',
    buyerPhone: '13800138000',
    contractNumber: contract,
    certificateNumber: `辽（2019）本溪市不动产权第00${contract.slice(-5)}号`,
    houseAddress: '平山区演示路 1 号 2 单元 301',
    area: 89.5,
    price: 460000,
    firstHome: true,
    fundCustody: false,
    moveWater: true,
    movePower: true,
    moveGas: false,
    deliveryMethod: 'electronic',
    ...more,
  };
}

function warehouse(project: string, more: JsonObject = {}): JsonObject {
  return {
    companyName: '本溪演示仓储有限公司',
    creditCode: '91210500MA0TE5T16W',
    agentName: '褚仓储',
    agentId: '210522190001010003',
    agentPhone: '13900139000',
    projectName: project,
    projectAddress: '高新区演示大街 8 号',
    landArea: 6200,
    floorArea: 2800,
    investment: 9600000,
    storedGoods: 'general',
    landWithDesign: true,
    fireSpecial: false,
    needWater: true,
    needPower: true,
    needGas: false,
    ...more,
  };
}

const accept = { acceptDecision: 'accept', materialsChecked: ['identity', 'contract'] };
const acceptProject = { acceptDecision: 'accept', materialsChecked: ['licence', 'land'] };
const clear = { titleResult: 'clear', titleOpinion: '无查封、无抵押、无异议登记。' };
const pass = { tradeResult: 'pass', tradeOpinion: '网签已备案，符合条件。' };
const assessed = { taxResult: 'assessed', deedTax: 4600, valueAddedTax: 0, incomeTax: 0 };
const filed = { projectCode: '2026-210500-59-03-000123', filedOn: TODAY };
const landPermit = { landPermitNumber: '地字第 2105002026YG0001 号', landPermitOn: TODAY };

const landStage = (from: number): Scene[] => [
  { ...at(from, 10), complete: 'accept', data: acceptProject },
  { ...at(from - 1, 10), complete: 'filing', data: filed },
  { ...at(from - 3, 15), complete: 'landPermit', data: landPermit },
];

export const stories: readonly Story[] = [
  {
    // completed: the whole way, with one utility, money in custody and the tax paid by message
    ...at(6, 9),
    process: 'second-hand-home',
    title: '存量房交易 · 平山区演示路 1 号 2 单元 301',
    applicant: 'applicant-chen',
    data: home('BX-2026-00011', { fundCustody: true, movePower: false }),
    scenes: [
      { ...at(6, 11), complete: 'accept', data: accept },
      { ...at(6, 14), complete: 'taxReview', data: assessed },
      { ...at(5, 9), complete: 'titleReview', data: clear },
      { ...at(5, 10), complete: 'tradeReview', data: pass },
      { ...at(5, 15), message: '缴税完成' },
      {
        ...at(4, 10),
        complete: 'register',
        data: { registeredOn: TODAY, newCertificateNumber: '辽（2026）本溪市不动产权第0000011号' },
      },
      { ...at(3, 10), complete: 'transferWater', data: { waterResult: 'done', waterAccount: '10020030' } },
      { ...at(3, 14), message: '监管资金划转' },
      { ...at(2, 10), complete: 'deliver', data: { deliveredBy: 'electronic', deliveredOn: TODAY } },
    ],
  },
  {
    // red: the housing authority has not answered, the case itself is over its promise
    ...at(9, 9),
    process: 'second-hand-home',
    title: '存量房交易 · 平山区演示路 16 号 402',
    applicant: 'applicant-chen',
    data: home('BX-2026-00008', { houseAddress: '平山区演示路 16 号 402' }),
    scenes: [
      { ...at(9, 11), complete: 'accept', data: accept },
      { ...at(9, 15), complete: 'taxReview', data: assessed },
      { ...at(8, 10), complete: 'titleReview', data: clear },
      { ...at(8, 16), message: '缴税完成' },
      { ...at(7, 9), claim: 'tradeReview' },
    ],
  },
  {
    // deep red: nobody has reviewed the title, and the limit of the law has passed as well
    ...at(33, 9),
    process: 'second-hand-home',
    title: '存量房交易 · 南芬区演示路 2 号 501',
    applicant: 'applicant-chen',
    data: home('BX-2026-00002', { houseAddress: '南芬区演示路 2 号 501' }),
    scenes: [
      { ...at(33, 11), complete: 'accept', data: accept },
      { ...at(32, 10), complete: 'taxReview', data: assessed },
      { ...at(32, 11), complete: 'tradeReview', data: pass },
      { ...at(31, 16), message: '缴税完成' },
      { ...at(31, 9), claim: 'titleReview' },
    ],
  },
  {
    // yellow case; registering is still green
    ...at(5, 14),
    process: 'second-hand-home',
    title: '存量房交易 · 明山区演示街 3 号 1101',
    applicant: 'applicant-chen',
    data: home('BX-2026-00015', { houseAddress: '明山区演示街 3 号 1101', price: 620000, area: 118 }),
    scenes: [
      { ...at(5, 16), complete: 'accept', data: accept },
      { ...at(4, 10), complete: 'taxReview', data: { ...assessed, deedTax: 6200 } },
      { ...at(4, 14), complete: 'titleReview', data: clear },
      { ...at(3, 9), complete: 'tradeReview', data: pass },
      { ...at(1, 16), message: '缴税完成' },
    ],
  },
  {
    // grey: the applicant has been told what is missing (补正)
    ...at(2, 9),
    process: 'second-hand-home',
    title: '存量房交易 · 溪湖区演示巷 5 号 101',
    applicant: 'applicant-chen',
    data: home('BX-2026-00019', { houseAddress: '溪湖区演示巷 5 号 101' }),
    scenes: [
      {
        ...at(2, 11),
        lacks: [
          { material: '配偶同意出售的书面意见', problem: '缺少，请由卖方配偶签字后上传' },
          { material: '不动产权证号', field: 'certificateNumber', problem: '与登记系统记载不一致' },
        ],
      },
    ],
  },
  {
    // green: handed in just now
    ...at(0, 9),
    process: 'second-hand-home',
    title: '存量房交易 · 明山区演示街 12 号 502',
    applicant: 'applicant-chen',
    data: home('BX-2026-00023', { houseAddress: '明山区演示街 12 号 502', area: 145, price: 880000, firstHome: false }),
    scenes: [],
  },
  {
    // green: the second stage has begun in four places at once
    ...at(6, 9),
    process: 'small-warehouse',
    title: '小型仓储项目 · 演示物流园一期仓库',
    applicant: 'applicant-chu',
    data: warehouse('演示物流园一期仓库'),
    scenes: [...landStage(6), { ...at(2, 9), claim: 'civilDefence' }],
  },
  {
    // yellow: four of the five days of the planning permit are gone
    ...at(8, 9),
    process: 'small-warehouse',
    title: '小型仓储项目 · 演示冷链中转仓',
    applicant: 'applicant-chu',
    data: warehouse('演示冷链中转仓', { storedGoods: 'cold', needGas: true }),
    scenes: [
      ...landStage(7),
      { ...at(3, 10), complete: 'connectWater', data: { waterPlan: '由演示大街 DN200 管接入。' } },
      { ...at(3, 9), claim: 'planningPermit' },
    ],
  },
  {
    // red: civil defence has let its five days pass; drawings went back to the builder inside the parallel branch
    ...at(13, 9),
    process: 'small-warehouse',
    title: '小型仓储项目 · 演示快递分拨仓',
    applicant: 'applicant-chu',
    data: warehouse('演示快递分拨仓', { storedGoods: 'parcels' }),
    scenes: [
      ...landStage(12),
      { ...at(7, 10), complete: 'connectWater', data: { waterPlan: '由园区支管接入。' } },
      { ...at(6, 10), complete: 'connectPower', data: { powerPlan: '10 kV 单回路。' } },
      {
        ...at(4, 15),
        complete: 'planningPermit',
        data: { drawingsResult: 'supplement', drawingsReason: '总平面图退距标注不全，请补正。' },
      },
    ],
  },
];
