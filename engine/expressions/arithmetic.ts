import { FeelDate, FeelDateTime, FeelDuration, FeelTime, isTemporal, plus } from './temporal.ts';
import { show } from './values.ts';
import type { Value } from './values.ts';
import type { Work } from './work.ts';

export type ArithmeticOperator = '+' | '-' | '*' | '/' | '**' | '^';

export function isArithmeticOperator(text: string): text is ArithmeticOperator {
  return ['+', '-', '*', '/', '**', '^'].includes(text);
}

/** Null with a warning where the operands do not fit; the same rules for numbers, texts and dates as DMN 10.3.2. */
export function calculate(operator: ArithmeticOperator, a: Value, b: Value, work: Work): Value {
  work.charge(1);
  if (typeof a === 'number' && typeof b === 'number') return onNumbers(operator, a, b, work);
  if (operator === '+' && typeof a === 'string' && typeof b === 'string') {
    work.chargeText(a.length + b.length);
    return a + b;
  }
  const result = operator === '+' ? addTime(a, b) : operator === '-' ? subtractTime(a, b) : null;
  return result ?? work.warn(`Can't calculate ${show(a)} ${operator} ${show(b)}`);
}

function onNumbers(operator: ArithmeticOperator, a: number, b: number, work: Work): Value {
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return b === 0 ? work.warn('Division by zero') : a / b;
    case '**':
    case '^':
      return a ** b;
  }
}

function addTime(a: Value, b: Value): Value {
  if (isTemporal(a) && b instanceof FeelDuration) return plus(a, b, 1);
  return a instanceof FeelDuration && isTemporal(b) ? plus(b, a, 1) : null;
}

function subtractTime(a: Value, b: Value): Value {
  if (isTemporal(a) && b instanceof FeelDuration) return plus(a, b, -1);
  if (a instanceof FeelDate && b instanceof FeelDate) return new FeelDuration(0, (a.day - b.day) * 86_400_000);
  const times =
    (a instanceof FeelDateTime && b instanceof FeelDateTime) || (a instanceof FeelTime && b instanceof FeelTime);
  return times ? new FeelDuration(0, (a as FeelTime).instant - (b as FeelTime).instant) : null;
}
