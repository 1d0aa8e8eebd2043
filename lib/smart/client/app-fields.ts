import type { OwnOrigins } from '#lib/address/own-origins.ts';
import type { FieldEntry } from './field-entry.ts';
import { ClientId, ClientName, ClientText, logo } from './field-rules.ts';

/** The fields that describe an app to people, and its client id. */
export const appFields = {
  name: {
    kind: 'text',
    rule: () => ClientName,
    label: 'Name',
    subject: 'The name',
    required: true,
    half: true,
    dynamic: { member: 'client_name' },
  },
  clientId: {
    kind: 'text',
    rule: () => ClientId.optional(),
    label: 'Client id',
    subject: 'The client id',
    hint: 'Leave it empty to have one made. It cannot be changed later.',
    half: true,
    ownControl: true,
    dynamic: 'kept',
  },
  description: {
    kind: 'paragraph',
    rule: () => ClientText,
    label: 'Description',
    subject: 'The description',
    hint: 'Shown in the app gallery and on the consent page',
    rows: 2,
    dynamic: 'kept',
  },
  logoUri: {
    kind: 'address',
    rule: (own: OwnOrigins) => logo(own).optional(),
    label: 'Logo',
    subject: 'The logo',
    hint: 'The https address of an image, or a path on this server',
    dynamic: { member: 'logo_uri', copied: true },
  },
} as const satisfies Record<string, FieldEntry>;
