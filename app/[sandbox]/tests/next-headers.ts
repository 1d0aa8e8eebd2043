/** Stands for `next/headers` in tests, which have no request of Next's: one browser, whose cookies the tests put in. */

export const jar = new Map<string, string>();

export const headers = async () => new Headers();

export const cookies = async () => ({
  get: (name: string) => (jar.has(name) ? { value: jar.get(name) } : undefined),
  set: ({ name, value }: { name: string; value: string }) => jar.set(name, value),
});
