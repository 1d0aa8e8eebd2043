import { z } from 'zod';

/** The parties that may use dynamic client registration: nobody, holders of an initial access token, everybody. */
export const RegistrationMode = z.enum(['off', 'token', 'open'], 'must be one of off, token, open');

export type RegistrationMode = z.infer<typeof RegistrationMode>;
