'use server';

import { revalidatePath } from 'next/cache';
import { notFound } from 'next/navigation';
import { z } from 'zod';
import type { AddServicesState } from '#components/cds-service/add-services.tsx';
import type { ScopeState } from '#components/cds-service/scope-state.ts';
import { typedIn } from '#components/ui/form/form-state.ts';
import { registerFrom } from '#lib/cds-hooks/look-up.ts';
import { CdsScope, cdsAddress } from '#lib/cds-hooks/service-definition.ts';
import { changeCdsService, removeCdsService } from '#lib/data/cds/services.ts';
import type { Member } from '#lib/data/member/memberships.ts';
import { ownOrigins } from '#lib/env.ts';
import { requireForm } from '#lib/session/require-form.ts';
import { recordChange } from '../record-change.ts';
import { requireAdmin } from '../require-admin.ts';

/** Registers, in the sandbox `slug`, the CDS services that an address lists; those already registered are updated. */
export async function addServices(
  slug: string,
  _state: AddServicesState,
  formData: FormData,
): Promise<AddServicesState> {
  const admin = await requireAdmin(slug, '/cds-services');
  requireForm(formData);
  const typed = typedIn(formData);
  const address = cdsAddress(ownOrigins()).safeParse(typed.url ?? '');
  if (!address.success) {
    return { typed, errors: { url: address.error.issues.map(({ message }) => sentence(message)) } };
  }
  const found = await registerFrom(admin.sandbox, address.data);
  if ('problem' in found) return { typed, errors: { url: [`The address ${found.problem}.`] } };
  await recordService(admin, 'C', { registered: found.registered?.join(', ') });
  revalidatePath(`/${slug}/admin/cds-services`);
  return found;
}

function sentence(message: string): string {
  return message.endsWith('.') ? message : `The address ${message}.`;
}

/** Changes what a service may see: the scopes that are ticked, and others that are typed. */
export async function changeScope(slug: string, _state: ScopeState, formData: FormData): Promise<ScopeState> {
  const admin = await requireAdmin(slug, '/cds-services');
  requireForm(formData);
  const id = idOf(formData);
  const typed = typedIn(formData);
  const ticked = formData.getAll('scope').map(String);
  const scope = CdsScope.safeParse([...ticked, typed.others ?? ''].join(' '));
  if (!scope.success) return { typed, ticked, errors: { scope: scope.error.issues.map(({ message }) => message) } };
  if (!(await changeCdsService(admin.sandbox.id, id, { scope: scope.data }))) notFound();
  await recordService(admin, 'U', { service: id, scope: scope.data });
  revalidatePath(`/${slug}/admin/cds-services`);
  return { typed, ticked, saved: true };
}

export async function enableService(slug: string, formData: FormData): Promise<void> {
  await switchService(slug, formData, true);
}

export async function disableService(slug: string, formData: FormData): Promise<void> {
  await switchService(slug, formData, false);
}

async function switchService(slug: string, formData: FormData, enabled: boolean): Promise<void> {
  const admin = await requireAdmin(slug, '/cds-services');
  requireForm(formData);
  const id = idOf(formData);
  if (!(await changeCdsService(admin.sandbox.id, id, { enabled }))) notFound();
  await recordService(admin, 'U', { service: id, change: enabled ? 'enabled' : 'disabled' });
  revalidatePath(`/${slug}/admin/cds-services`);
}

export async function removeService(slug: string, formData: FormData): Promise<void> {
  const admin = await requireAdmin(slug, '/cds-services');
  requireForm(formData);
  const id = idOf(formData);
  if (!(await removeCdsService(admin.sandbox.id, id))) notFound();
  await recordService(admin, 'D', { service: id });
  revalidatePath(`/${slug}/admin/cds-services`);
}

function recordService(
  admin: Member,
  action: 'C' | 'U' | 'D',
  about: Record<string, string | undefined>,
): Promise<void> {
  return recordChange(admin, { kind: 'cds-service', action, page: '/cds-services', about });
}

function idOf(formData: FormData): string {
  return z.uuid().safeParse(formData.get('service')).data ?? notFound();
}
