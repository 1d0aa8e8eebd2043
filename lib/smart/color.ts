/** Red, green and blue, each 0 to 255. */
type Rgb = [number, number, number];

/** The contrast that WCAG 2.2 AA asks between normal text and what is behind it. */
export const readableContrast = 4.5;

/** The three channels of a colour such as `#0b5f7c`. */
function channels(hex: string): Rgb {
  const value = Number.parseInt(hex.slice(1), 16);
  return [value >> 16, (value >> 8) & 0xff, value & 0xff];
}

function luminance(hex: string): number {
  const [red, green, blue] = channels(hex).map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as Rgb;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** The contrast ratio of two `#rrggbb` colours, 1 to 21. @see https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
export function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((left, right) => left - right);
  return (lighter + 0.05) / (darker + 0.05);
}

/**
 * Darkens a `#rrggbb` colour, keeping its hue, until white text on it is readable and text in it is readable on each of
 * `backgrounds`.
 */
export function readableColor(hex: string, backgrounds: readonly string[] = []): string {
  const others = ['#ffffff', ...backgrounds];
  for (let share = 100; share > 0; share -= 2) {
    const darker = darken(hex, share / 100);
    if (others.every((other) => contrast(darker, other) >= readableContrast)) return darker;
  }
  return '#000000';
}

function darken(hex: string, share: number): string {
  const scaled = channels(hex).map((channel) =>
    Math.round(channel * share)
      .toString(16)
      .padStart(2, '0'),
  );
  return `#${scaled.join('')}`;
}
