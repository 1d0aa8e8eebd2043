import { createHash } from 'node:crypto';

/** A complete page of plain HTML, for places where React cannot render one. */
export interface PlainPage {
  title: string;
  /** What stands above the title, such as the name of a sandbox. */
  above?: string;
  /** Paragraphs of plain text. */
  paragraphs: string[];
  /** Markup of our own, such as a form; it must contain nothing unescaped from a request. */
  markup?: string;
}

/** The colours are those of components/ui/tokens.css, whose built file has no fixed address. */
const style = `
body { margin: 0; font: 0.875rem/1.5 ui-sans-serif, system-ui, sans-serif;
  background: light-dark(#f3f5f7, #10161c); color: light-dark(#14202b, #e8eef3); }
main { box-sizing: border-box; max-width: 30rem; min-height: 85vh; margin: auto; padding: 1.5rem;
  display: flex; flex-direction: column; align-items: flex-start; justify-content: center; gap: 0.75rem; overflow-wrap: anywhere; }
h1 { margin: -0.5rem 0 0.25rem; font-size: 1.25rem; font-weight: 600; line-height: 1.4; letter-spacing: -0.025em;
  text-wrap: balance; }
p { margin: 0; color: light-dark(#4c5b69, #a9b7c4); }
.sandbox { font-size: 0.8125rem; }
h1 + p { color: inherit; }
dl { display: grid; grid-template-columns: auto 1fr; gap: 0.25rem 1rem; margin: 0.5rem 0 0; font-size: 0.8125rem; }
dt { color: light-dark(#4c5b69, #a9b7c4); }
dd { margin: 0; }
code { font-family: ui-monospace, monospace; }
button { font: inherit; font-weight: 500; padding: 0.375rem 0.75rem; margin-top: 0.5rem; border: 0; border-radius: 0.25rem; cursor: pointer;
  background: light-dark(#0b5f7c, #1c7c9c); color: #fff; }
button.secondary { background: transparent; color: inherit; box-shadow: inset 0 0 0 1px light-dark(#7b8894, #72818f); }
.buttons { display: flex; flex-wrap: wrap; gap: 0.5rem; animation: hasty 500ms; }
@keyframes hasty { from, to { pointer-events: none; } }
a { color: light-dark(#0b5f7c, #6cc3e0); }
button:focus-visible { outline: 2px solid light-dark(#0b76c4, #63b8ff); outline-offset: 2px; }`;

type Theme = 'light' | 'dark' | 'light dark';
const themes: readonly Theme[] = ['light', 'dark', 'light dark'];

function styleOf(theme: Theme): string {
  return `:root { color-scheme: ${theme}; }${style}`;
}

/** @see https://www.w3.org/TR/CSP3/#grammardef-hash-source */
function hashOfStyle(theme: Theme): string {
  return `'sha256-${createHash('sha256').update(styleOf(theme)).digest('base64')}'`;
}

/** The page's headers: it runs no scripts, loads nothing, has no style but ours, and cannot be framed by other sites. */
export const plainPageHeaders = {
  'Content-Type': 'text/html; charset=utf-8',
  'Cache-Control': 'no-store',
  'Content-Security-Policy': `default-src 'none'; style-src ${themes.map(hashOfStyle).join(' ')}; base-uri 'none'; frame-ancestors 'self'; form-action 'self'`,
  'Referrer-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
};

/** Renders the page as HTML, in the theme that the person chose, as the Cookie header of the request tells. */
export function plainPage({ title, above, paragraphs, markup = '' }: PlainPage, cookie = ''): string {
  const chosen = /(?:^|; )theme=(light|dark)(?:;|$)/.exec(cookie)?.[1];
  const theme = themes.find((one) => one === chosen) ?? 'light dark';
  const texts = paragraphs.filter((paragraph) => paragraph !== '');
  const begin = above ? `<p class="sandbox"><bdi>${escapeHtml(above)}</bdi></p>` : '';
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title.replaceAll(isolates, ''))}</title><style>${styleOf(theme)}</style></head>
<body><main>${begin}<h1>${textHtml(title)}</h1>
${texts.map((text) => `<p>${textHtml(text)}</p>`).join('\n')}
${markup}</main></body></html>`;
}

const isolates = /[\u2066-\u2069]/g;

/**
 * A text that somebody gave, such as a name, for a sentence of ours: its direction of writing leaves our words where
 * they are.
 */
export function isolated(text: string): string {
  return `\u2068${text.replaceAll(isolates, '')}\u2069`;
}

/** Text as HTML, in which what is isolated stands in elements of its own. */
function textHtml(text: string): string {
  return escapeHtml(text).replaceAll('\u2068', '<bdi>').replaceAll('\u2069', '</bdi>');
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
