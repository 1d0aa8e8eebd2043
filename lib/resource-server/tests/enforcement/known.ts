import type { Condition } from './condition.ts';
import { alsoKnown, dates, references, strings, type Type, tokens } from './vocabulary.ts';

/** Tells whether resources of `type` can be compared with the condition at all. */
export function isKnown(type: Type, condition: Condition): boolean {
  switch (condition.kind) {
    case 'id':
    case 'updated':
      return true;
    case 'unknown':
    case 'chain':
    case 'has':
      return false;
    case 'reference':
      // A scope means this server's resources by relative references alone.
      return condition.form !== 'absolute' && parametersOf(type).includes(condition.name);
    default:
      return parametersOf(type).includes(condition.name);
  }
}

function parametersOf(type: Type): string[] {
  const quantities = type === 'Observation' ? ['value-quantity'] : [];
  return [
    '_tag',
    ...(alsoKnown[type] ?? []),
    ...quantities,
    ...(strings[type] ?? []),
    ...(dates[type] ?? []),
    ...Object.keys(tokens[type] ?? {}),
    ...Object.keys(references[type]),
  ];
}
