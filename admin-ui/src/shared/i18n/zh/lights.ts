export const lights = {
  light: {
    green: '绿灯',
    yellow: '黄灯',
    red: '红灯',
    grey: '灰灯',
    deepRed: '深红灯',
    none: '无时限',
    all: '全部',
    label: '灯',
    legend: '图例',
  },
  remaining: {
    none: '无时限',
    provisional: '暂定',
    provisionalWhy: '到期时间超出已公布的工作日历，待次年放假安排公布后重新计算',
  },
};
