export type Theme = 'light' | 'dark';

/** Holds the theme a person chose; absent while the system decides. */
export const themeCookie = 'theme';

export function parseTheme(value: string | undefined): Theme | undefined {
  return value === 'light' || value === 'dark' ? value : undefined;
}
