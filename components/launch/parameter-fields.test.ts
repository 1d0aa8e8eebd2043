import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { TypedParameters } from '#lib/smart/launch/parameters-form.ts';
import { ParameterFields } from './parameter-fields.tsx';

const names = TypedParameters.keyof().options;
const texts = Object.fromEntries(
  names.map((name) => [name, name === 'needPatientBanner' ? 'true' : `text of ${name}`]),
);
const issues = Object.fromEntries(names.map((name) => [name, `issue of ${name}`]));
const markup = renderToStaticMarkup(createElement(ParameterFields, { initial: texts, issues }));

it.each(names)('draws %s with its value and its issue', (name) => {
  const control = new RegExp(`<(input|textarea|select)[^>]* name="${name}"`);
  expect(markup).toMatch(control);
  if (name !== 'needPatientBanner') expect(markup).toContain(`text of ${name}`);
  expect(markup).toContain(`issue of ${name}`);
});
