import { notFound } from 'next/navigation';
import { BrandForm } from '#components/brand/brand-form.tsx';
import { isolating } from '#components/ui/isolating.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { WorkspacePage } from '#components/workspace/workspace-frame.tsx';
import { findBrand } from '#lib/data/sandbox/brands.ts';
import { ownOrigins } from '#lib/env.ts';
import { toTypedBrand } from '#lib/smart/brand/form.ts';
import { requireAdmin } from '../require-admin.ts';
import { changeBrand } from './actions.ts';

export const metadata = { title: 'Brand' };

export default async function BrandPage({ params }: { params: Promise<{ sandbox: string }> }) {
  const { sandbox: slug } = await params;
  await requireAdmin(slug, '/brand');
  const { name, brand } = (await findBrand(slug)) ?? notFound();
  const backHref = `/${slug}/admin`;
  return (
    <WorkspacePage>
      <PageHeader
        title="Brand"
        description={isolating`What people and apps see of ${name}, before they sign in and while they allow an app.`}
        breadcrumbs={[{ label: 'Administration', href: backHref }]}
      />
      <BrandForm
        action={changeBrand.bind(null, slug)}
        name={name}
        initial={toTypedBrand(brand)}
        own={ownOrigins()}
        backHref={backHref}
      />
    </WorkspacePage>
  );
}
