import './globals.css';
import type { Metadata, Viewport } from 'next';
import { cookies } from 'next/headers';
import type { ReactNode } from 'react';
import { parseTheme, themeCookie } from '#components/ui/theme.ts';

export const metadata: Metadata = {
  title: { default: 'EHR sandbox', template: '%s · EHR sandbox' },
  description: 'An EHR sandbox for people who build, test and launch SMART on FHIR apps.',
};

export const viewport: Viewport = { width: 'device-width', initialScale: 1, colorScheme: 'light dark' };

/** Sets language, font and theme, and nothing else, because it also surrounds the bundled sample apps. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  const theme = parseTheme((await cookies()).get(themeCookie)?.value);
  return (
    <html lang="en" data-theme={theme} suppressHydrationWarning>
      <body>{children}</body>
    </html>
  );
}
