'use client';

import type { FormMetadata } from '@conform-to/react';
import { useActionState } from 'react';
import { Callout } from '#components/ui/callout.tsx';
import { FormButtons } from '#components/ui/form/form-buttons.tsx';
import { useJudgedForm } from '#components/ui/form/use-judged-form.ts';
import { Panel } from '#components/ui/panel.tsx';
import type { OwnOrigins } from '#lib/address/own-origins.ts';
import type { Brand } from '#lib/smart/brand/brand.ts';
import { brandForm, type TypedBrand } from '#lib/smart/brand/form.ts';
import { AddressFields } from './address-fields.tsx';
import { type BrandFields, type BrandState, typedText } from './brand-fields.ts';
import { BrandPreview } from './brand-preview.tsx';
import { EndpointFields } from './endpoint-fields.tsx';
import { FieldGroups } from './field-groups.tsx';
import { LookFields } from './look-fields.tsx';
import { OrganizationFields } from './organization-fields.tsx';
import { PortalFields } from './portal-fields.tsx';

interface BrandFormProps {
  action: (state: BrandState, formData: FormData) => Promise<BrandState>;
  /** The sandbox's name, which the form does not change. */
  name: string;
  initial: TypedBrand;
  /** This server's, where plain http is allowed. */
  own: OwnOrigins;
  backHref: string;
}

/**
 * The form for the brand that people and apps see of a sandbox. It is validated here before it is sent, and again by
 * the action.
 */
export function BrandForm({ action, name, initial, own, backHref }: BrandFormProps) {
  const [state, submit] = useActionState(action, {});
  const { form, fields, element } = useJudgedForm<TypedBrand, Brand>({
    id: 'brand',
    schema: brandForm(own),
    initial,
    lastResult: state.result,
    submit,
  });
  const [firstIssue] = Object.keys(form.allErrors);
  return (
    <form {...element} className="flex max-w-6xl flex-col gap-4">
      {firstIssue ? <FormIssues first={`${form.id}-${firstIssue}`} /> : null}
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="flex min-w-0 flex-col gap-4">
          <Panels form={form} fields={fields as unknown as BrandFields} />
        </div>
        <Preview name={name} fields={fields as unknown as BrandFields} />
      </div>
      {state.saved && !firstIssue ? (
        <Callout tone="success" role="status" title="The brand is saved">
          Apps see it as soon as they ask again.
        </Callout>
      ) : null}
      <FormButtons submit="Save brand" pending="Saving…" backHref={backHref} back="Back" />
    </form>
  );
}

function Panels({ form, fields }: { form: FormMetadata<TypedBrand>; fields: BrandFields }) {
  return (
    <>
      <Panel id="look" title="Logo and colour">
        <LookFields fields={fields} />
      </Panel>
      <Panel id="organization" title="Organisation">
        <OrganizationFields fields={fields} />
      </Panel>
      <Panel id="addresses" title="Locations">
        <FieldGroups form={form} field={fields.addresses} noun="Address" empty="No address is given.">
          {(group) => <AddressFields group={group} />}
        </FieldGroups>
      </Panel>
      <Panel id="portals" title="Portals">
        <FieldGroups
          form={form}
          field={fields.portals}
          noun="Portal"
          empty="None is given: the pages of this sandbox are its portal."
        >
          {(group) => <PortalFields group={group} />}
        </FieldGroups>
      </Panel>
      <Panel id="endpoint" title="FHIR server">
        <EndpointFields fields={fields} />
      </Panel>
    </>
  );
}

function Preview({ name, fields }: { name: string; fields: BrandFields }) {
  const [portal] = fields.portals.getFieldList();
  return (
    <Panel id="preview" title="Preview" className="max-lg:order-first lg:sticky lg:top-4">
      <BrandPreview
        name={name}
        logoUri={typedText(fields.logoUri)}
        color={typedText(fields.color)}
        website={typedText(fields.website)}
        portal={portal && typedText(portal.getFieldset().name)}
      />
    </Panel>
  );
}

/** A link to the first field with an issue; the issues themselves are shown beside the fields. */
function FormIssues({ first }: { first: string }) {
  return (
    <Callout tone="danger" role="alert" title="Some fields need another look">
      Nothing was saved.{' '}
      <a href={`#${first}`} className="font-medium text-accent-text underline">
        Go to the first field
      </a>
    </Callout>
  );
}
