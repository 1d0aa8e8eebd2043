import { AsyncLocalStorage } from 'node:async_hooks';
import { processWide } from './process-wide.ts';

/** Whether something that passes has kept a request from being answered. */
interface RequestTrouble {
  isMet: boolean;
}

const storage = processWide('request-trouble', () => new AsyncLocalStorage<RequestTrouble>());

/** Runs the work of a request, which may meet trouble. @param met is called once it has */
export function watchingTrouble<T>(work: (hasMetTrouble: () => boolean) => T): T {
  const trouble = { isMet: false };
  return storage.run(trouble, () => work(() => trouble.isMet));
}

/** Notes that the request that is being answered has met trouble that passes; nothing for work of no request. */
export function noteTroubleOfRequest(): void {
  const trouble = storage.getStore();
  if (trouble) trouble.isMet = true;
}
