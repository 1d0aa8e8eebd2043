import { expect, it } from 'vitest';
import { refusalText } from './refusal.ts';

it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', '', 'x', undefined, null, 7, ['unknown-client']])(
  'has a general sentence for %j',
  (reason) => expect(refusalText(reason)).toBe('Start it again from the gallery or a chart.'),
);

it('has a sentence for each reason', () => expect(refusalText('unknown-client')).toContain('not registered'));
