import { expect, it } from 'vitest';
import { knownBrowser, rememberBrowser } from './known-browser.ts';

function browser(cookies = new Map<string, string>()) {
  const jar = {
    get: (name: string) => (cookies.has(name) ? { value: cookies.get(name) ?? '' } : undefined),
    set: ({ name, value }: { name: string; value: string }) => cookies.set(name, value),
  };
  return { jar, cookies };
}

it('is known to the users who signed in with it, each by another id', async () => {
  const { jar } = browser();
  for (const name of ['chen', 'ann']) await rememberBrowser(jar, name);
  const [chen, ann] = await Promise.all(['chen', 'ann'].map((name) => knownBrowser(jar, name)));
  expect(chen).toMatch(/^[0-9a-f-]{36}$/);
  expect(ann).toMatch(/^[0-9a-f-]{36}$/);
  expect(chen).not.toBe(ann);
  expect(await knownBrowser(jar, 'peter')).toBeUndefined();
});

it('is not known by a cookie of somebody else, a changed one or none', async () => {
  const { jar, cookies } = browser();
  await rememberBrowser(jar, 'mallory');
  const [[own, value = ''] = ['', '']] = [...cookies];
  await rememberBrowser(jar, 'chen');
  const name = [...cookies.keys()].find((one) => one !== own) ?? '';
  const [id, proof = ''] = (cookies.get(name) ?? '').split('.');
  for (const forged of [value, `x${id}.${proof}`, `${id}.${proof.slice(1)}`, `${id}.`, '', '.']) {
    expect(await knownBrowser(browser(new Map([[name, forged]])).jar, 'chen')).toBeUndefined();
  }
});
