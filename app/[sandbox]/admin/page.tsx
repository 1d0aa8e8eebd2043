import {
  ChevronRight,
  Clapperboard,
  DatabaseZap,
  KeyRound,
  LayoutList,
  type LucideIcon,
  Palette,
  Plug,
  Rocket,
  ScrollText,
  Settings,
  ShieldCheck,
  SquarePlus,
  Stethoscope,
  Users,
} from 'lucide-react';
import { isolating } from '#components/ui/isolating.tsx';
import { Link } from '#components/ui/link.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { WorkspacePage } from '#components/workspace/workspace-frame.tsx';
import { requireAdmin } from './require-admin.ts';

export const metadata = { title: 'Administration' };

export default async function AdministrationPage({ params }: { params: Promise<{ sandbox: string }> }) {
  const { sandbox: slug } = await params;
  const { sandbox } = await requireAdmin(slug);
  return (
    <WorkspacePage>
      <PageHeader
        title="Administration"
        description={isolating`Settings of ${sandbox.name}, for its administrators.`}
      />
      <Panel id="oauth2" title="OAuth2 Module" flush className="max-w-4xl">
        <ul className="divide-y divide-line">
          <Entry icon={SquarePlus} href={`/${slug}/admin/apps/new`} title="Register a SMART app">
            Give an app a client id, say where it lives and what it may ask for.
          </Entry>
          <Entry icon={LayoutList} href={`/${slug}/admin/apps`} title="Registered SMART apps">
            Launch, change, turn off or remove apps, and replace their secrets.
          </Entry>
          <Entry icon={Plug} href={`/${slug}/admin/registration`} title="Dynamic registration">
            Say whether apps may register themselves, and make tokens for those who may.
          </Entry>
          <Entry icon={Clapperboard} href={`/${slug}/admin/scenarios/new`} title="Make a launch scenario">
            Save an app with its user, patient and context, to launch it by one click or by a link.
          </Entry>
          <Entry icon={Rocket} href={`/${slug}/admin/launches`} title="Launches">
            Who opened or registered which launch, for which app and patient, and what became of it.
          </Entry>
          <Entry icon={ShieldCheck} href={`/${slug}/admin/access`} title="Access of apps">
            See which apps may act for whom and what they may do, and revoke it.
          </Entry>
          <Entry icon={KeyRound} href={`/${slug}/admin/keys`} title="Signing keys">
            See with which keys this sandbox signs, and replace them.
          </Entry>
        </ul>
      </Panel>
      <Panel id="sandbox" title="This sandbox" flush className="max-w-4xl">
        <ul className="divide-y divide-line">
          <Entry icon={Users} href={`/${slug}/admin/members`} title="Members">
            Add and remove people, and say what they are and whom they stand for.
          </Entry>
          <Entry icon={Settings} href={`/${slug}/admin/settings`} title="Settings">
            Name, launch service, lifetimes; reset this sandbox to its seed, or delete it.
          </Entry>
          <Entry icon={DatabaseZap} href={`/${slug}/admin/import`} title="Import and export">
            Bring FHIR data in from files, such as those of Synthea, and take all of it out.
          </Entry>
          <Entry icon={Stethoscope} href={`/${slug}/admin/cds-services`} title="CDS services">
            Register services of CDS Hooks that the charts ask for advice, and see how their last calls ended.
          </Entry>
          <Entry icon={Palette} href={`/${slug}/admin/brand`} title="Brand">
            Logo, colour, addresses and portals: what people and apps see of this sandbox.
          </Entry>
          <Entry icon={ScrollText} href={`/${slug}/admin/audit`} title="Audit log">
            See who read and wrote what of which patient, by which app.
          </Entry>
        </ul>
      </Panel>
    </WorkspacePage>
  );
}

interface EntryProps {
  icon: LucideIcon;
  href: string;
  title: string;
  children: string;
}

function Entry({ icon: Icon, href, title, children }: EntryProps) {
  return (
    <li className="relative flex items-center gap-3 px-4 py-3 focus-within:bg-hover hover:bg-hover">
      <Icon aria-hidden className="size-5 shrink-0 text-accent-text" />
      <div className="min-w-0 flex-1">
        <Link href={href} className="font-medium after:absolute after:inset-0">
          {title}
        </Link>
        <p className="text-muted">{children}</p>
      </div>
      <ChevronRight aria-hidden className="size-4 shrink-0 text-muted" />
    </li>
  );
}
