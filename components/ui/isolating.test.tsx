import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { isolating } from './isolating.tsx';

it('keeps names apart from our words', () => {
  expect(renderToStaticMarkup(isolating`Remove ${'תירבע <b>'}?`)).toBe('Remove <bdi>תירבע &lt;b&gt;</bdi>?');
  expect(renderToStaticMarkup(isolating`${undefined}Nothing`)).toBe('Nothing');
});
