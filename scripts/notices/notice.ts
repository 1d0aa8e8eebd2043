import type { Lockfile } from '#scripts/install/lockfile.mjs';
import { terminologies } from './terminologies.ts';
import { type ThirdParty, thirdParties } from './third-party.ts';

/** The text of `NOTICE`: what the owners of terminologies ask for, and the packages that are passed on. */
export function noticeText(lock: Lockfile): string {
  const parts = [
    'EHR Sandbox',
    'Copyright (c) 2026 The EHR Sandbox contributors. Its own licence, MIT, stands in LICENSE.',
    'Made by `npm run notices`; do not edit.',
    heading('Terminologies'),
    'Sample data, samples and definitions hold codes and names of these. Their owners’ terms bind whoever passes them on.',
    ...terminologies.map(({ name, notice }) => `${name}: ${notice}`),
    heading('Packages'),
    'Parts of these are in the server or in the pages that it serves. The whole of each licence comes with the package.',
    thirdParties(lock).map(entry).join('\n'),
  ];
  return `${parts.join('\n\n')}\n`;
}

function heading(text: string): string {
  return `${text}\n${'='.repeat(text.length)}`;
}

function entry({ name, version, license, copyright }: ThirdParty): string {
  return [`${name} ${version} (${license})`, ...copyright.map((line) => `  ${line}`)].join('\n');
}
