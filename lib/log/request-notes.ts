import { AsyncLocalStorage } from 'node:async_hooks';
import { processWide } from '#lib/work/process-wide.ts';

/** What is known about the current request, for the log. */
export interface RequestNotes {
  /** Names it in the log, in the audit log and in its answer. */
  id: string;
  /** The app that it came from, once that is known. */
  clientId?: string;
}

const storage = processWide('request-notes', () => new AsyncLocalStorage<RequestNotes | undefined>());

/** Runs the work of a request, for `currentRequest` to tell, however deep. */
export function duringRequest<T>(notes: RequestNotes, work: () => T): T {
  return storage.run(notes, work);
}

/** Runs work that belongs to no request, even when a request begins it. */
export function outsideRequests<T>(work: () => T): T {
  return storage.run(undefined, work);
}

/** The request that the current work belongs to; undefined outside of a request. */
export function currentRequest(): RequestNotes | undefined {
  return storage.getStore();
}

/** Notes which app has sent the current request. */
export function noteClient(clientId: string | undefined): void {
  const notes = currentRequest();
  if (notes && clientId !== undefined) notes.clientId = clientId;
}
