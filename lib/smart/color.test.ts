import { expect, it } from 'vitest';
import { contrast, readableColor, readableContrast } from './color.ts';

it('measures contrast as WCAG does', () => {
  expect(contrast('#000000', '#ffffff')).toBe(21);
  expect(contrast('#ffffff', '#767676')).toBeCloseTo(4.54, 2);
  expect(contrast('#123456', '#123456')).toBe(1);
});

it.each(['#ffff00', '#ffffff', '#69b5ce', '#00ff00', '#767676', '#808080'])(
  'darkens %s until white text on it is readable',
  (color) => {
    expect(contrast(readableColor(color), '#ffffff')).toBeGreaterThanOrEqual(readableContrast);
  },
);

it('leaves a colour alone that is dark enough', () => {
  expect(readableColor('#0b5f7c')).toBe('#0b5f7c');
  expect(readableColor('#0B5F7C')).toBe('#0b5f7c');
});

it('keeps it readable as text on other backgrounds too', () => {
  const color = readableColor('#767676', ['#f3f5f7']);
  expect(contrast(color, '#f3f5f7')).toBeGreaterThanOrEqual(readableContrast);
});
