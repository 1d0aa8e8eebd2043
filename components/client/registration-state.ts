import type { SubmissionResult } from '@conform-to/react';

/** What an app's developer must know to connect it. */
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
  /** There only now: afterwards nobody can read it. */
  clientSecret?: string | undefined;
  facts: ConnectionFacts;
}

/** Where a registration form stands: what is wrong with what was sent, or what came of it. */
export interface RegistrationState {
  result?: SubmissionResult<string[]> | undefined;
  registered?: RegisteredApp | undefined;
}
