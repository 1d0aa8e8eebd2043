import { expect, it } from 'vitest';
import { refusedAttribute } from './markup.ts';

const refused = (value: string) =>
  refusedAttribute({ element: 'p', name: 'style', value, written: value, hasUnknownEntity: false, begin: 0, end: 0 });

it.each([
  'font-family:"/*";background:url(http://a.example/x)',
  "font-family:'/*';background:url(http://a.example/x)",
  'font-family:"a\n/* ";background:url(http://a.example/x)/* " */',
  'background:u\\72l(http://a.example/x)',
  'background:u/**/rl(x)',
  'background:URL (x)',
  'background:image-set("http://a.example/x" 1x)',
  'background:-webkit-image-set("x" 1x)',
  'background:image("x")',
  'background:src("http://a.example/x")',
  '@import "http://a.example/x"',
  'width:expression(1)',
])('the style %j is refused', (style) => expect(refused(style)).toMatch(/may not load or run/));

it.each([
  '',
  'color: red',
  'font-family: "Source Sans", \'b/*\'',
  '/* a url(x) */ color: red',
  'width: calc(1px + 2%)',
])('the style %j may stand', (style) => expect(refused(style)).toBeUndefined());
