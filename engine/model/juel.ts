import { describeJuel, JuelRefused, readTokens, type JuelToken } from './juel-tokens.ts';

/** The FEEL text that means the same, or why there is none. */
export type JuelTranslation =
  { readonly ok: true; readonly feel: string } | { readonly ok: false; readonly zh: string; readonly en: string };

/** How tightly a piece of FEEL holds together: a looser one inside a tighter one gets brackets. */
interface Piece {
  readonly text: string;
  readonly level: number;
}

const CHOICE = 0;
const OR = 1;
const AND = 2;
const COMPARISON = 3;
const SUM = 4;
const PRODUCT = 5;
const UNARY = 6;
const VALUE = 7;

const EQUAL: Readonly<Record<string, string>> = { '==': '=', eq: '=', '!=': '!=', ne: '!=' };
const ORDER: Readonly<Record<string, string>> = {
  '<': '<',
  lt: '<',
  '>': '>',
  gt: '>',
  '<=': '<=',
  le: '<=',
  '>=': '>=',
  ge: '>=',
};
const PRODUCTS = new Set(['*', '/', 'div', '%', 'mod']);

/** Objects of a Java engine, of which a case here knows nothing. */
const ENGINE_OBJECTS = new Set(['execution', 'task', 'authenticatedUserId', 'connector', 'caseExecution']);

/** Calls that only say what a name or the clock says; `n` is a whole number. */
const UNITS: Readonly<Record<string, (n: string) => string>> = {
  Years: (n) => `P${n}Y`,
  Months: (n) => `P${n}M`,
  Weeks: (n) => `P${Number(n) * 7}D`,
  Days: (n) => `P${n}D`,
  Hours: (n) => `PT${n}H`,
  Minutes: (n) => `PT${n}M`,
  Seconds: (n) => `PT${n}S`,
};

/**
 * Translates JUEL as files for Java engines hold it: names, properties, literals, comparisons, logic, arithmetic, `empty`,
 * `a ? b : c`, text around `${…}`, and the current time with `plusDays(3)` and the like. Everything else reaches into Java
 * objects and is refused with the way out.
 */
export function translateJuel(text: string): JuelTranslation {
  try {
    const parts = splitText(text.trim());
    if (parts.length === 1 && 'code' in parts[0]!)
      return { ok: true, feel: new Translator(parts[0].code).whole().text };
    const joined = parts.map((part) =>
      'code' in part ? `string(${new Translator(part.code).whole().text})` : JSON.stringify(part.text),
    );
    return { ok: true, feel: `string join([${joined.join(', ')}])` };
  } catch (refusal) {
    if (refusal instanceof JuelRefused) return { ok: false, ...describeJuel(text, refusal) };
    throw refusal;
  }
}

/** `Dear ${name}` into its fixed and its computed parts; a `}` inside quotes does not end one. */
function splitText(text: string): ({ text: string } | { code: string })[] {
  const parts: ({ text: string } | { code: string })[] = [];
  const opening = /[$#]\{/g;
  let at = 0;
  for (let open = opening.exec(text); open; open = opening.exec(text)) {
    if (open.index > at) parts.push({ text: text.slice(at, open.index) });
    const inner = /^(?:[^'"{}]|'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")*(?=\})/.exec(text.slice(opening.lastIndex))?.[0];
    if (inner === undefined) throw new JuelRefused('unreadable');
    if (inner.trim() === '') throw new JuelRefused('empty');
    parts.push({ code: inner });
    at = opening.lastIndex += inner.length + 1;
  }
  if (at < text.length) parts.push({ text: text.slice(at) });
  return parts;
}

/** Recursive descent by the grammar of Jakarta Expression Language (JUEL), as far as it is taken. */
class Translator {
  readonly #tokens: readonly JuelToken[];
  #at = 0;
  #depth = 0;

  constructor(code: string) {
    this.#tokens = readTokens(code);
  }

  whole(): Piece {
    const piece = this.#choice();
    if (this.#at < this.#tokens.length) throw new JuelRefused('unreadable');
    return piece;
  }

  #is(...texts: string[]): boolean {
    const token = this.#tokens[this.#at];
    return token !== undefined && token.kind !== 'string' && texts.includes(token.text);
  }

  #take(...texts: string[]): string | undefined {
    return this.#is(...texts) ? this.#tokens[this.#at++]!.text : undefined;
  }

  #expect(text: string): void {
    if (this.#take(text) === undefined) throw new JuelRefused('unreadable');
  }

  #choice(): Piece {
    if (++this.#depth > 50) throw new JuelRefused('unreadable');
    const condition = this.#or();
    let piece = condition;
    if (this.#take('?') !== undefined) {
      const yes = this.#choice();
      this.#expect(':');
      const no = this.#choice();
      piece = { text: `if ${condition.text} then ${yes.text} else ${no.text}`, level: CHOICE };
    }
    this.#depth--;
    return piece;
  }

  #or(): Piece {
    let left = this.#and();
    while (this.#take('||', 'or') !== undefined) left = join(left, 'or', this.#and(), OR);
    return left;
  }

  #and(): Piece {
    let left = this.#equality();
    while (this.#take('&&', 'and') !== undefined) left = join(left, 'and', this.#equality(), AND);
    return left;
  }

  #equality(): Piece {
    let left = this.#order();
    for (let sign = this.#take(...Object.keys(EQUAL)); sign; sign = this.#take(...Object.keys(EQUAL)))
      left = compare(left, EQUAL[sign]!, this.#order());
    return left;
  }

  #order(): Piece {
    let left = this.#sum();
    for (let sign = this.#take(...Object.keys(ORDER)); sign; sign = this.#take(...Object.keys(ORDER)))
      left = compare(left, ORDER[sign]!, this.#sum());
    return left;
  }

  #sum(): Piece {
    let left = this.#product();
    for (let sign = this.#take('+', '-'); sign; sign = this.#take('+', '-'))
      left = join(left, sign, tighter(this.#product(), SUM), SUM);
    return left;
  }

  #product(): Piece {
    let left = this.#unary();
    for (let sign = this.#take(...PRODUCTS); sign; sign = this.#take(...PRODUCTS)) {
      const right = this.#unary();
      left =
        sign === '%' || sign === 'mod'
          ? { text: `modulo(${left.text}, ${right.text})`, level: VALUE }
          : join(left, sign === '*' ? '*' : '/', tighter(right, PRODUCT), PRODUCT);
    }
    return left;
  }

  #unary(): Piece {
    if (++this.#depth > 50) throw new JuelRefused('unreadable');
    let piece: Piece;
    if (this.#take('!', 'not') !== undefined) piece = { text: `not(${this.#unary().text})`, level: VALUE };
    else if (this.#take('empty') !== undefined)
      piece = { text: `list contains([null, "", []], ${this.#unary().text})`, level: VALUE };
    else if (this.#take('-') !== undefined) piece = { text: `-${bracket(this.#unary(), UNARY).text}`, level: UNARY };
    else piece = this.#value();
    this.#depth--;
    return piece;
  }

  #value(): Piece {
    const token = this.#tokens[this.#at];
    if (!token) throw new JuelRefused('unreadable');
    if (token.kind === 'number' || token.kind === 'string') {
      this.#at++;
      return { text: token.kind === 'string' ? JSON.stringify(token.text) : token.text, level: VALUE };
    }
    if (this.#take('(') !== undefined) {
      const inner = this.#choice();
      this.#expect(')');
      return this.#properties(inner);
    }
    if (token.kind !== 'name') throw new JuelRefused('unreadable');
    this.#at++;
    if (token.text === 'true' || token.text === 'false' || token.text === 'null')
      return { text: token.text, level: VALUE };
    if (this.#is('(')) return this.#clock(token.text);
    if (ENGINE_OBJECTS.has(token.text)) return this.#engineObject(token.text);
    // instances count from 0 there and from 1 here
    if (token.text === 'loopCounter' && !this.#is('.', '[')) return { text: 'loopCounter - 1', level: SUM };
    return this.#properties({ text: token.text, level: VALUE });
  }

  #properties(owner: Piece): Piece {
    let piece = owner;
    for (;;) {
      if (this.#take('.') !== undefined) {
        const name = this.#name();
        if (this.#is('(')) throw new JuelRefused('call', name);
        piece = { text: `${bracket(piece, VALUE).text}.${name}`, level: VALUE };
      } else if (this.#take('[') !== undefined) {
        const key = this.#tokens[this.#at++];
        this.#expect(']');
        const list = bracket(piece, VALUE).text;
        if (key?.kind === 'number' && /^\d+$/.test(key.text))
          piece = { text: `${list}[${Number(key.text) + 1}]`, level: VALUE };
        else if (key?.kind === 'string')
          piece = { text: `get value(${list}, ${JSON.stringify(key.text)})`, level: VALUE };
        else throw new JuelRefused('index');
      } else return piece;
    }
  }

  #name(): string {
    const token = this.#tokens[this.#at++];
    if (token?.kind !== 'name') throw new JuelRefused('unreadable');
    return token.text;
  }

  /** `execution.getVariable("a")` is the variable itself. */
  #engineObject(object: string): Piece {
    this.#take('.');
    const member = this.#tokens[this.#at]?.text;
    if (object !== 'execution' || (member !== 'getVariable' && member !== 'getVariableLocal'))
      throw new JuelRefused('object', object);
    this.#at++;
    this.#expect('(');
    const name = this.#tokens[this.#at++];
    if (name?.kind !== 'string' || !/^[\p{L}_][\p{L}\p{N}_]*$/u.test(name.text))
      throw new JuelRefused('object', object);
    this.#expect(')');
    return this.#properties({ text: name.text, level: VALUE });
  }

  /** `now()` and `dateTime()`, with days added or taken away. */
  #clock(name: string): Piece {
    if (name !== 'now' && name !== 'dateTime') throw new JuelRefused('call', name);
    this.#expect('(');
    if (this.#take(')') === undefined) throw new JuelRefused('call', name);
    let piece: Piece = { text: 'now()', level: VALUE };
    while (this.#take('.') !== undefined) {
      const member = this.#name();
      if (member === 'toDate') {
        this.#expect('(');
        this.#expect(')');
        continue;
      }
      const [, sign, unit] = /^(plus|minus)([A-Z]\w*)$/.exec(member) ?? [];
      const duration = unit === undefined ? undefined : UNITS[unit];
      if (!duration) throw new JuelRefused('call', member);
      this.#expect('(');
      const amount = this.#tokens[this.#at++];
      if (amount?.kind !== 'number' || !/^\d{1,6}$/.test(amount.text)) throw new JuelRefused('call', member);
      this.#expect(')');
      const step = { text: `duration("${duration(amount.text)}")`, level: VALUE };
      piece = join(piece, sign === 'plus' ? '+' : '-', step, SUM);
    }
    return piece;
  }
}

function join(left: Piece, sign: string, right: Piece, level: number): Piece {
  return { text: `${bracket(left, level).text} ${sign} ${bracket(right, level).text}`, level };
}

/** FEEL compares two values, not a chain of them. */
function compare(left: Piece, sign: string, right: Piece): Piece {
  return { text: `${bracket(left, SUM).text} ${sign} ${bracket(right, SUM).text}`, level: COMPARISON };
}

/** The right side of `-` and `/` must not be of the same level. */
function tighter(piece: Piece, level: number): Piece {
  return bracket(piece, level + 1);
}

function bracket(piece: Piece, level: number): Piece {
  return piece.level >= level ? piece : { text: `(${piece.text})`, level: VALUE };
}
