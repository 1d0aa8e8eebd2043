'use client';

import { Moon, Sun } from 'lucide-react';
import { parseTheme, type Theme, themeCookie } from './theme.ts';

const yearSeconds = 31_536_000;

function shownTheme(): Theme {
  const chosen = parseTheme(document.documentElement.dataset.theme);
  return chosen ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');
}

function toggleTheme(): void {
  const next: Theme = shownTheme() === 'dark' ? 'light' : 'dark';
  document.documentElement.dataset.theme = next;
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing on plain-http origins
  document.cookie = `${themeCookie}=${next}; path=/; max-age=${yearSeconds}; samesite=lax`;
}

/** Switches between light and dark and remembers it; until then the system decides. */
export function ThemeToggle({ className }: { className?: string }) {
  return (
    <button type="button" onClick={toggleTheme} aria-label="Switch between light and dark" className={className}>
      <Sun aria-hidden className="hidden size-4 dark:block" />
      <Moon aria-hidden className="size-4 dark:hidden" />
    </button>
  );
}
