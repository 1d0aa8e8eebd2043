const shared = globalThis as typeof globalThis & { [key: symbol]: unknown };

/**
 * What the process has once, such as a queue or a count: made on first use, and the same for every copy of the module
 * that asks. The bundler may load a module twice, and what starts the server loads it once more, so that a constant of a
 * module exists several times.
 * @param key names it, and belongs to one module
 */
export function processWide<T>(key: string, make: () => T): T {
  const symbol = Symbol.for(`ehr-sandbox.${key}`);
  shared[symbol] ??= make();
  return shared[symbol] as T;
}
