import { createElement, Fragment, type ReactNode } from 'react';

/**
 * A template whose values are texts that somebody gave, such as names: isolating`Remove ${name}?`. Each is isolated, so
 * that its direction of writing leaves our words around it where they are.
 * @see https://html.spec.whatwg.org/multipage/text-level-semantics.html#the-bdi-element
 */
export function isolating(ours: TemplateStringsArray, ...given: readonly (string | undefined)[]): ReactNode {
  return createElement(Fragment, null, ...ours.flatMap((text, index) => [text, isolated(given[index])]));
}

function isolated(text: string | undefined): ReactNode {
  return text ? <bdi>{text}</bdi> : null;
}
