export const services = {
  items: {
    title: '办事大厅',
    intro: '选择要办的一件事，材料交一次，部门并联办。',
    empty: '暂无可办理的事项',
    promise: '承诺时限',
    department: '牵头部门',
    materials: '申请材料',
    steps: '办理流程',
    start: '立即办理',
    unavailable: '当前身份不能办理此事项',
    required: '必备',
  },
  start: {
    title: '填写申请',
    submit: '提交申请',
    noForm: '此事项不需要填写表单，直接提交即可。',
    heading: '办理：{name}',
  },
  receipt: {
    title: '申请已提交',
    number: '办件编号',
    keep: '请记下办件编号。登录后在“我的办件”查看进度，也可催办。',
    toCase: '查看进度',
    toItems: '返回办事大厅',
  },
  myCases: { title: '我的办件', empty: '您还没有办件', go: '去办事大厅' },
  myTasks: { title: '待我办理', empty: '没有需要您办理的事情', intro: '部门请您补充材料或确认的事情会出现在这里。' },
};
