import type { ErrorOut, KoaContextWithOIDC } from 'oidc-provider';
import { escapeHtml, plainPageHeaders } from '#lib/http/page/plain-page.ts';
import { sentParameter } from '../request/sent-parameter.ts';
import { htmlPage } from './html-page.ts';

interface Explanation {
  title: string;
  advice: string;
}

const explanations = new Map<string, Explanation>(
  Object.entries<Explanation>({
    invalid_client: {
      title: 'This app cannot be used here',
      advice:
        'Check the client_id and the sandbox that the app was set up with. Apps are registered per sandbox, on its Administration page.',
    },
    invalid_redirect_uri: {
      title: 'The app asked to be answered at an address that is not its own',
      advice:
        'The redirect_uri must equal one of the redirect URIs registered for the app, character by character. Nothing was sent to it.',
    },
    access_denied: {
      title: 'The app was not given access',
      advice: 'Go back to the EHR and start the app again if that was not meant.',
    },
    server_error: {
      title: 'Something went wrong here',
      advice: 'The sandbox failed, not the app. Start the app again; if it happens again, the server log says more.',
    },
  }),
);

const otherwise: Explanation = {
  title: 'The app’s request cannot be answered',
  advice: 'Start the app again from the EHR. If you develop the app, correct the request that it sends.',
};

const expired: Explanation = {
  title: 'This sign-in has expired',
  advice:
    'It took too long, was finished in another tab, or this browser lost its cookies. Go back to the EHR and start the app again.',
};

/**
 * Answers with a page for an error that cannot be sent to the app. Either its client_id or redirect URI could not be
 * verified, or the interaction is gone (`SessionNotFound`), or the request failed (`server_error`) or was denied
 * (`access_denied`) when there was no verified address to send it to.
 */
export function renderError(ctx: KoaContextWithOIDC, out: ErrorOut, error: Error): void {
  const { title, advice } = error.name === 'SessionNotFound' ? expired : (explanations.get(out.error) ?? otherwise);
  const details = [
    ['error', out.error],
    ['client_id', sentParameter(ctx, 'client_id')?.slice(0, 100)],
    [
      'redirect_uri',
      out.error === 'invalid_redirect_uri' ? sentParameter(ctx, 'redirect_uri')?.slice(0, 300) : undefined,
    ],
  ];
  const rows = details.map(([name, value]) =>
    value ? `<dt>${name}</dt><dd><code>${escapeHtml(value)}</code></dd>` : '',
  );
  ctx.set(plainPageHeaders);
  ctx.body = htmlPage(ctx, { title, paragraphs: [reasonOf(out), advice], markup: `<dl>${rows.join('\n')}</dl>` });
}

function reasonOf({ error, error_description: description }: ErrorOut): string {
  if (description === 'client is invalid') return 'No app with this client_id is registered in this sandbox.';
  if (error === 'server_error' || !description) return '';
  if (description.endsWith('.')) return description;
  // The name of a parameter is not capitalized, even at the beginning of a sentence.
  const begin = /^[a-z]+_/.test(description) ? description[0] : description[0]?.toUpperCase();
  return `${begin}${description.slice(1)}.`;
}
