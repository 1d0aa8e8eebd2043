import { expect, it, vi } from 'vitest';
import { announce } from './announce.ts';

it('names the addresses of each sandbox, and no address that leads nowhere', () => {
  const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  const sandboxes = ['demo', '404'].map((slug) => ({ slug, name: `Hospital ${slug}`, accounts: [] }));
  announce({ sandboxes, refused: [] });
  const printed = log.mock.calls.flat().join('\n');
  log.mockRestore();
  expect(printed).toContain('http://localhost:3000/demo/fhir');
  expect(printed).toContain('Hospital 404');
  expect(printed).not.toContain('http://localhost:3000/404');
  expect(printed).toContain('npm run rename-sandbox -- 404 NEW');
});
