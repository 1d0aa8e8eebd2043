import { RadioGroupField } from '#components/ui/form/radio-group-field.tsx';
import { SwitchField } from '#components/ui/form/switch-field.tsx';
import { TextAreaField } from '#components/ui/form/text-area-field.tsx';
import { TextField } from '#components/ui/form/text-field.tsx';
import { type FormFields, textProps, tickProps } from './form-field.ts';

const typeOptions = [
  { value: 'public', label: 'Public', hint: 'Runs in a browser or on a phone and cannot keep a secret' },
  { value: 'secret', label: 'Confidential, with a secret', hint: 'Runs on a server. The secret is shown once.' },
  { value: 'jwks_uri', label: 'Confidential, with keys at an address', hint: 'Signs with a key published as a JWKS' },
  { value: 'jwks', label: 'Confidential, with keys given here', hint: 'Signs with a key whose public half you paste' },
];

/** How an app proves who it is. The two key fields appear with the types that use them, by CSS alone. */
export function ProofFields({ fields }: { fields: FormFields }) {
  const { type, jwksUri, jwks, requirePkce } = fields;
  return (
    <div className="group flex flex-col gap-4">
      <RadioGroupField {...textProps(type)} key={type.key} label="Client type" options={typeOptions} />
      <TextField
        {...textProps(jwksUri)}
        key={jwksUri.key}
        label="JWKS address"
        autoComplete="off"
        className="not-group-has-[[value$=uri]:checked]:hidden"
        hint="Fetched when the app signs in and kept as long as its Cache-Control says, so the app may change its keys"
      />
      <TextAreaField
        {...textProps(jwks)}
        key={jwks.key}
        mono
        rows={6}
        label="JWKS"
        className="not-group-has-[[value=jwks]:checked]:hidden"
        hint='Public keys only, each with a kid: {"keys": [{"kty": "EC", "crv": "P-384", "kid": "…", "x": "…", "y": "…"}]}. Whenever the app changes its keys, send the new set here: until then its new keys are refused.'
      />
      <SwitchField
        {...tickProps(requirePkce)}
        key={requirePkce.key}
        label="Require PKCE"
        hint="Turn it off only for an older app that cannot send a code challenge"
      />
    </div>
  );
}
