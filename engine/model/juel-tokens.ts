export interface JuelToken {
  readonly kind: 'name' | 'number' | 'string' | 'sign';
  readonly text: string;
}

type Reason = 'call' | 'object' | 'index' | 'empty' | 'unreadable';

/** Why an expression has no FEEL translation. */
export class JuelRefused extends Error {
  readonly reason: Reason;
  readonly about: string;
  constructor(reason: Reason, about = '') {
    super(reason);
    this.reason = reason;
    this.about = about;
  }
}

const TOKEN =
  /\s+|(?<name>[\p{L}_][\p{L}\p{N}_]*)|(?<number>\d+(?:\.\d+)?)|'(?<single>(?:[^'\\]|\\.)*)'|"(?<double>(?:[^"\\]|\\.)*)"|(?<sign>==|!=|>=|<=|&&|\|\||[<>!()[\].?:+\-*/%])/uy;

export function readTokens(code: string): JuelToken[] {
  const tokens: JuelToken[] = [];
  for (let at = 0; at < code.length; at = TOKEN.lastIndex) {
    TOKEN.lastIndex = at;
    const found = TOKEN.exec(code)?.groups;
    if (!found) throw new JuelRefused('unreadable');
    const { name, number, single, double, sign } = found;
    const quoted = single ?? double;
    if (name !== undefined) tokens.push({ kind: 'name', text: name });
    else if (number !== undefined) tokens.push({ kind: 'number', text: number });
    else if (quoted !== undefined) tokens.push({ kind: 'string', text: quoted.replace(/\\(.)/g, '$1') });
    else if (sign !== undefined) tokens.push({ kind: 'sign', text: sign });
  }
  return tokens;
}

const WAYS_OUT: Readonly<Record<Reason, (about: string) => readonly [zh: string, en: string]>> = {
  call: (about) => [
    `其中调用了方法 ${about}()，上传的模型不能调用代码；请改写为 FEEL（例如“= count(list) > 3”、“= order.customer”），或由服务任务先算出结果放入变量`,
    `it calls ${about}(), and a model cannot call code; write FEEL ('= count(list) > 3', '= order.customer') or let a service task put the result into a variable`,
  ],
  object: (about) => [
    `其中用到 Java 引擎的对象 ${about}，这里只能使用办件的变量；请把需要的值放入变量再引用`,
    `it uses ${about}, an object of a Java engine; only variables of the case can be read here, so put the value into one`,
  ],
  index: () => [
    '其中的下标不是固定的数字或文字；请改写为 FEEL，例如“= items[number + 1]”（FEEL 从 1 数起）',
    "its index is neither a number nor a text; write FEEL, for example '= items[number + 1]' (FEEL counts from 1)",
  ],
  empty: () => ['表达式为空', 'it is empty'],
  unreadable: () => ['请改写为 FEEL，例如“= amount > 100”', "write it in FEEL, for example '= amount > 100'"],
};

/** The refusal in words. */
export function describeJuel(text: string, { reason, about }: JuelRefused): { zh: string; en: string } {
  const [zh, en] = WAYS_OUT[reason](about.slice(0, 40));
  const quoted = text.replace(/\s+/g, ' ').trim().slice(0, 80);
  return { zh: `不支持表达式“${quoted}”：${zh}`, en: `'${quoted}' is not supported: ${en}` };
}
