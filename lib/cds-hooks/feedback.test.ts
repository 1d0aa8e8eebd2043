import { expect, test } from 'vitest';
import { type CardOutcome, feedbackOf } from './feedback.ts';

const at = new Date('2026-11-25T08:00:00Z');
const reason = { code: 'known', system: 'https://cds.example', display: 'Known' };

test.each<[CardOutcome, object]>([
  [{ outcome: 'accepted', suggestions: ['a', undefined, 'b'] }, { acceptedSuggestions: [{ id: 'a' }, { id: 'b' }] }],
  [{ outcome: 'overridden' }, {}],
  [{ outcome: 'overridden', reason }, { overrideReason: { reason } }],
  [{ outcome: 'overridden', comment: 'Why' }, { overrideReason: { userComment: 'Why' } }],
  [{ outcome: 'overridden', reason, comment: 'Why' }, { overrideReason: { reason, userComment: 'Why' } }],
])('%j is reported as %j', (done, detail) => {
  const entry = { card: 'u', outcome: done.outcome, ...detail, outcomeTimestamp: '2026-11-25T08:00:00.000Z' };
  expect(feedbackOf('u', done, at)).toEqual({ feedback: [entry] });
});
