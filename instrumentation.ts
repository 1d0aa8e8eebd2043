/** What Next loads when it starts, and calls for every error of a page, an action or a route that nobody has caught. */
import type { Instrumentation } from 'next';
import { logRequestError } from '#lib/log/request-error.ts';

export const onRequestError: Instrumentation.onRequestError = (error, request, context) =>
  logRequestError(error, request, context);
