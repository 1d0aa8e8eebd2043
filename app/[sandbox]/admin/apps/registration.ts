import { parseWithZod } from '@conform-to/zod/v4';
import type { RegisteredApp } from '#components/client/registration-state.ts';
import type { ClientWithSecret } from '#lib/data/clients.ts';
import { env } from '#lib/env.ts';
import { registrationForm } from '#lib/smart/registration-form.ts';

/** The registration in a form's data, or what to say beside its fields. */
export function parseRegistration(formData: FormData) {
  return parseWithZod(formData, { schema: registrationForm(env().origin) });
}

/** What the page shows once, after an app was registered or got a new secret. */
export function toRegisteredApp(slug: string, { client, clientSecret }: ClientWithSecret): RegisteredApp {
  const issuer = `${env().origin}/${slug}`;
  return {
    clientId: client.clientId,
    name: client.name,
    clientSecret,
    facts: {
      iss: `${issuer}/fhir`,
      authorizationEndpoint: `${issuer}/oauth/authorize`,
      tokenEndpoint: `${issuer}/oauth/token`,
    },
  };
}
