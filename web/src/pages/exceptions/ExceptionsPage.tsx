import { getRouteApi } from '@tanstack/react-router';
import { useT } from '@/i18n/message';
import { PageHead } from '@/ui/PageHead';
import { ExceptionsView } from './ExceptionsView';
import { GrantDialog } from './GrantDialog';
import { Told } from './Told';

const route = getRouteApi('/cabinet/client/exceptions');

/** Drivers who were refused and wait, and what was granted; the mail's link opens the answer to its decline. */
export function ExceptionsPage() {
  const t = useT();
  const { decline } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <>
      <PageHead title={t('frame.exceptions')} note={t('exceptions.note')} />
      <Told />
      <ExceptionsView onGrant={(id) => void navigate({ search: { decline: id } })} />
      {decline && <GrantDialog key={decline} id={decline} onClose={() => void navigate({ search: {}, replace: true })} />}
    </>
  );
}
