import { feelSource, textSource, type Source } from '../source.ts';
import { childOf, childrenOf, textOf, type Element } from './element.ts';

/** The value of a `camunda:inputParameter` or `outputParameter`: text, expression, list, map or script; nothing is null. */
export function readParameter(parameter: Element): Source {
  const definition = childOf(parameter, 'definition');
  if (definition) return readDefinition(definition);
  const text = textOf(parameter, 'value');
  return text === undefined ? { feel: 'null' } : textSource(text);
}

function readDefinition(definition: Element): Source {
  switch (definition.$type) {
    case 'camunda:List':
      return joined(childrenOf(definition, 'items').map(readDefinition), (parts) => `[${parts.join(', ')}]`);
    case 'camunda:Map': {
      const entries = childrenOf(definition, 'entries');
      const keys = entries.map((entry) => JSON.stringify(textOf(entry, 'key') ?? ''));
      return joined(
        entries.map(readParameter),
        (parts) => `{${parts.map((part, at) => `${keys[at]}: ${part}`).join(', ')}}`,
      );
    }
    case 'camunda:Script':
      return readScript(definition);
    default: {
      const text = textOf(definition, 'value');
      return text === undefined ? { feel: 'null' } : textSource(text);
    }
  }
}

function readScript(script: Element): Source {
  const format = textOf(script, 'scriptFormat')?.toLowerCase() ?? '';
  const text = textOf(script, 'value');
  if ((format === 'feel' || format === 'juel') && text !== undefined) return feelSource(text);
  return {
    refused: text ?? '',
    zh: `脚本语言“${format}”不能运行，请改写为 FEEL 表达式`,
    en: `scripts in '${format}' do not run; write a FEEL expression`,
  };
}

/** A list or map of parts; the first part that is refused refuses it. */
function joined(parts: readonly Source[], join: (texts: readonly string[]) => string): Source {
  const refused = parts.find((part) => 'refused' in part);
  if (refused) return refused;
  return {
    feel: join(
      parts.map((part) => ('feel' in part ? part.feel : 'literal' in part ? JSON.stringify(part.literal) : '')),
    ),
  };
}
