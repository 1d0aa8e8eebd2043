import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { SandboxList } from './sandbox-list.tsx';

it('leads to sandboxes that have an address, and says how others get one', () => {
  const sandboxes = ['demo', '404'].map((slug, id) => ({ id, slug, name: `Hospital ${slug}`, role: 'admin' }));
  const html = renderToStaticMarkup(<SandboxList sandboxes={sandboxes} fillings={[]} />);
  expect(html.match(/href="[^"]*"/g)).toEqual(['href="/demo"']);
  expect(html).toContain('Hospital 404');
  expect(html).toContain('npm run rename-sandbox -- 404 NEW');
});
