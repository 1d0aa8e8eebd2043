import { expect, it } from 'vitest';
import { allowedInFrame } from './frame-features.ts';

const client = { redirectUris: ['https://app.example/cb'], origins: [], frameFeatures: ['camera', 'clipboard-write'] };
const allowed = (given: Partial<Parameters<typeof allowedInFrame>[0]>) =>
  allowedInFrame({ ...client, ...given }, { origin: 'https://ehr.example' });

it.each<[Parameters<typeof allowed>[0], string]>([
  [{}, 'camera https://app.example; clipboard-write https://app.example'],
  [{ frameFeatures: [] }, ''],
  [
    { launchUri: 'https://start.example:8443/x', origins: ['https://cdn.example'], frameFeatures: ['camera'] },
    'camera https://start.example:8443 https://app.example https://cdn.example',
  ],
  [{ redirectUris: ['/samples/x/'], frameFeatures: ['microphone'] }, 'microphone https://ehr.example'],
  [{ redirectUris: ['example.app:/cb'] }, ''],
])('an app with %j is allowed "%s" in its frame', (given, allow) => expect(allowed(given)).toBe(allow));
