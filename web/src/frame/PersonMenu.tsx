import { lazy, Suspense, useState } from 'react';
import { PersonButton } from './PersonButton';

const PersonChoices = lazy(() => import('./PersonChoices').then((module) => ({ default: module.PersonChoices })));

/** Who is signed in, and what belongs to the person rather than to the work. The menu comes a moment after the page. */
export function PersonMenu({ compact = false }: { compact?: boolean }) {
  const [opened, setOpened] = useState(false);
  return (
    <Suspense fallback={<PersonButton compact={compact} aria-haspopup="menu" onClick={() => setOpened(true)} />}>
      <PersonChoices compact={compact} opened={opened} onChange={setOpened} />
    </Suspense>
  );
}
