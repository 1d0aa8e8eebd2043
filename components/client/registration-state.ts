import type { SubmissionResult } from '@conform-to/react';
import type { FormField } from '#components/ui/form/form-field.ts';
import type { TypedRegistration } from '#lib/smart/client/typed-registration.ts';

/** The fields of the registration form. */
export type FormFields = Record<keyof TypedRegistration, FormField>;

/** The facts that an app's developer needs to connect it. */
interface ConnectionFacts {
  /** The FHIR base, which launches send as `iss` and the app sends back as `aud`. */
  iss: string;
  authorizationEndpoint: string;
  tokenEndpoint: string;
}

/** An app that has just been registered, or changed so that it has a new secret. */
export interface RegisteredApp {
  clientId: string;
  name: string;
  /** Present only in this response; nobody can read it later. */
  clientSecret?: string | undefined;
  facts: ConnectionFacts;
}

/** The state of a registration form: the issues of the last submission, or its result. */
export interface RegistrationState {
  result?: SubmissionResult<string[]> | undefined;
  registered?: RegisteredApp | undefined;
}
