import { expect, test } from 'vitest';
import { readCards } from './cards.ts';

const card = { summary: 'Look', indicator: 'info', source: { label: 'Us' } };
const resource = { resourceType: 'ServiceRequest', id: 's' };
const suggestion = { label: 'Do', actions: [{ type: 'create', description: 'x', resource }] };

test('the most urgent cards come first, otherwise as they were sent', () => {
  const sent = ['info', 'critical', 'warning', 'critical'].map((indicator, index) => ({
    ...card,
    indicator,
    summary: `${index}`,
  }));
  const read = readCards({ cards: sent });
  expect('cards' in read && read.cards.map(({ summary }) => summary)).toEqual(['1', '3', '2', '0']);
});

test.each([
  [{}],
  [{ uuid: 'u', detail: '# Title', overrideReasons: [{ code: 'a', display: 'Because' }] }],
  [{ suggestions: [suggestion], selectionBehavior: 'any' }],
  [{ links: [{ label: 'App', url: 'https://app.example/launch', type: 'smart', appContext: '{"a":1}' }] }],
  [{ summary: 'x'.repeat(140) }],
  [{ unknown: { member: true } }],
])('a card with %j is good', (more) => {
  expect(readCards({ cards: [{ ...card, ...more }] })).toMatchObject({ cards: [{ indicator: 'info' }], problems: [] });
});

test.each([
  [{ summary: undefined }, 'summary must be a text'],
  [{ summary: ' ' }, 'summary is empty'],
  [{ summary: 'x'.repeat(141) }, 'summary is longer than 140 characters'],
  [{ indicator: 'hard-stop' }, 'indicator must be info, warning or critical'],
  [{ source: undefined }, 'source'],
  [{ source: { label: 'x', url: 'javascript:alert(1)' } }, 'source.url must be an absolute http(s) address'],
  [{ suggestions: [suggestion] }, 'selectionBehavior is missing'],
  [{ suggestions: [suggestion], selectionBehavior: 'all' }, 'selectionBehavior must be at-most-one or any'],
  [{ suggestions: [{}], selectionBehavior: 'any' }, 'suggestions.0.label'],
  [
    { suggestions: [{ label: 'x', actions: [{ type: 'create' }] }], selectionBehavior: 'any' },
    'suggestions.0.actions.0 must have a resource',
  ],
  [
    { suggestions: [{ label: 'x', actions: [{ type: 'patch' }] }], selectionBehavior: 'any' },
    'must be create, update or delete',
  ],
  [
    { suggestions: [{ label: 'x', actions: [{ type: 'delete' }] }], selectionBehavior: 'any' },
    'must name what to delete',
  ],
  [
    {
      suggestions: [{ label: 'x', actions: [{ type: 'update', resource: { resourceType: 'Task' } }] }],
      selectionBehavior: 'any',
    },
    'must name the id',
  ],
  [{ links: [{ label: 'x', url: 'javascript:alert(1)', type: 'absolute' }] }, 'links.0.url must be'],
  [{ links: [{ label: 'x', url: '/relative', type: 'smart' }] }, 'links.0.url must be'],
  [{ links: [{ label: 'x', url: 'https://a.example', type: 'popup' }] }, 'links.0.type must be absolute or smart'],
  [{ overrideReasons: [{ code: 'x' }] }, 'overrideReasons.0.display'],
  [{ detail: 'a\0b' }, 'holds characters that are not text'],
  [{ summary: '\ud800' }, 'holds characters that are not text'],
  [
    {
      suggestions: [
        { label: 'x', actions: [{ type: 'create', resource: { resourceType: 'Task', note: [{ text: '\0' }] } }] },
      ],
      selectionBehavior: 'any',
    },
    'holds characters that are not text',
  ],
  [{ source: 'Us' }, 'source'],
  [{ indicator: 1 }, 'indicator must be info, warning or critical'],
  [{ suggestions: {} }, 'suggestions'],
  [{ links: ['https://a.example'] }, 'links.0'],
])('a card with %j is reported, and the good one beside it kept', (more, problem) => {
  const read = readCards({ cards: [{ ...card, ...more }, card] });
  expect(read).toMatchObject({ cards: [{ summary: 'Look' }], problems: [expect.stringContaining(`cards[0]: `)] });
  expect('problems' in read && read.problems[0]).toContain(problem);
});

test.each([[null], ['text'], [[]], [{}], [{ cards: {} }], [{ cards: Array(51).fill(card) }], [undefined]])(
  '%j is no answer',
  (answer) => {
    expect(readCards(answer)).toHaveProperty('problem');
  },
);

test('system actions are read, malformed ones reported', () => {
  const systemActions = [{ type: 'update', resource }, { type: 'x' }];
  expect(readCards({ cards: [], systemActions })).toMatchObject({
    systemActions: [{ type: 'update' }],
    problems: [expect.stringContaining('systemActions[1]')],
  });
  expect(readCards({ cards: [], systemActions: {} })).toMatchObject({ problems: ['systemActions: is no list.'] });
});

test('a card hides nothing in its lines', () => {
  const hidden = { ...card, summary: 'Look\u202e\u00a0here', source: { label: 'U\u200bs' } };
  expect(readCards({ cards: [hidden] })).toMatchObject({ cards: [{ summary: 'Look here', source: { label: 'Us' } }] });
});
