import '@mantine/spotlight/styles.css';
import { Spotlight, createSpotlight } from '@mantine/spotlight';
import { useDebouncedValue } from '@mantine/hooks';
import { IconCreditCard, IconLanguage, IconMoon } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useMemo, useState, type KeyboardEvent } from 'react';
import { getV1CardsOptions } from '@/api/@tanstack/react-query.gen';
import { groupedNumber } from '@/format/cardNumber';
import { useT } from '@/i18n/message';
import { useSession } from '@/session/session';
import { useLanguage, useTheme } from './preferences';
import { useSections } from './sections';

const [store, spotlight] = createSpotlight();

/** Enter with nothing chosen opens the first action found. */
function openFirst(event: KeyboardEvent<HTMLInputElement>) {
  const found = event.currentTarget.closest('[role="dialog"]')?.querySelectorAll<HTMLElement>('[data-action]');
  if (event.key !== 'Enter' || !found || [...found].some((action) => action.dataset.selected)) return;
  event.preventDefault();
  found[0]?.click();
}

/** Ctrl+K: any section, any card, any switch, by typing a part of its name. */
export function Palette({ opened, close }: { opened: boolean; close: () => void }) {
  const t = useT();
  const navigate = useNavigate();
  const sections = useSections();
  const theme = useTheme();
  const language = useLanguage();
  const [query, setQuery] = useState('');
  const [asked] = useDebouncedValue(query.trim(), 200);
  const isClient = useSession().user.kind === 'client';
  const { data: cards } = useQuery({
    ...getV1CardsOptions({ query: { q: asked, limit: 7 } }),
    enabled: opened && isClient && asked.length > 1,
  });

  useEffect(() => (opened ? spotlight.open() : undefined), [opened]);

  const actions = useMemo(
    () => [
      {
        group: t('frame.sections'),
        actions: sections.map(({ to, label, Icon }) => ({
          id: to,
          label,
          leftSection: <Icon size={20} />,
          onClick: () => void navigate({ to }),
        })),
      },
      {
        group: t('frame.cards'),
        actions: (cards?.items ?? []).map((card) => ({
          id: card.number,
          label: card.label || groupedNumber(card.number),
          description: groupedNumber(card.number),
          // What was typed found it on the server; the palette's own filter must not hide it again.
          keywords: asked,
          leftSection: <IconCreditCard size={20} />,
          onClick: () => void navigate({ to: '/cards/$number', params: { number: card.number } }),
        })),
      },
      {
        group: t('frame.preferences'),
        actions: [
          { id: 'theme', label: theme.label, leftSection: <IconMoon size={20} />, onClick: theme.toggle },
          { id: 'language', label: language.label, leftSection: <IconLanguage size={20} />, onClick: language.toggle },
        ],
      },
    ],
    [t, sections, cards, asked, theme, language, navigate],
  );

  return (
    <Spotlight
      store={store}
      shortcut={null}
      actions={actions}
      query={query}
      onQueryChange={setQuery}
      onSpotlightClose={close}
      lockScroll={false}
      highlightQuery
      nothingFound={t('frame.nothingFound')}
      searchProps={{ placeholder: t('frame.findPlaceholder'), 'aria-label': t('frame.find'), onKeyDown: openFirst }}
    />
  );
}
