import { parseWithZod } from '@conform-to/zod/v4';
import type { RegisteredApp } from '#components/client/registration-state.ts';
import type { ClientWithSecret } from '#lib/data/client/clients.ts';
import { fhirBaseOf, issuerOf, ownOrigins } from '#lib/env.ts';
import { registrationForm } from '#lib/smart/client/registration-form.ts';
import { smartEndpoints } from '#lib/smart/sandbox/capabilities.ts';

/** Reads the registration in a form's data, or makes the sentences to show beside its fields. */
export function parseRegistration(formData: FormData) {
  return parseWithZod(formData, { schema: registrationForm(ownOrigins()) });
}

/** The facts that a page shows once, after an app was registered or got a new secret. */
export function toRegisteredApp(slug: string, { client, clientSecret }: ClientWithSecret): RegisteredApp {
  const { authorize, token } = smartEndpoints(issuerOf(slug));
  return {
    clientId: client.clientId,
    name: client.name,
    clientSecret,
    facts: { iss: fhirBaseOf(slug), authorizationEndpoint: authorize, tokenEndpoint: token },
  };
}
