import '@mantine/spotlight/styles.css';
import { Spotlight, createSpotlight } from '@mantine/spotlight';
import { useDebouncedValue } from '@mantine/hooks';
import { IconBuilding, IconCreditCard, IconLanguage, IconMoon } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useLocation, useNavigate } from '@tanstack/react-router';
import { useEffect, useMemo, useState, type KeyboardEvent } from 'react';
import {
  getV1CardsOptions, getV1StaffCardsByNumberOptions, getV1StaffCompaniesByIdCardsOptions, getV1StaffCompaniesOptions,
} from '@/api/@tanstack/react-query.gen';
import { groupedNumber } from '@/format/cardNumber';
import { useT } from '@/i18n/message';
import { may } from '@/session/may';
import { useSession } from '@/session/session';
import { useLanguage, useTheme } from './preferences';
import { useSections } from './sections';

const [store, spotlight] = createSpotlight();

/** A whole card number: the desk finds it whose ever it is. */
const CARD_NUMBER = /^\d{16,19}$/;

/** Whose pages are open at the desk: there a plate is looked for among its cards. */
const OF_COMPANY = /^\/staff\/companies\/(\d+)(?:\/|$)/;

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
  const session = useSession();
  const isClient = session.user.kind === 'client';
  const desk = may(session, 'seeCompanies');
  const digits = asked.replace(/\s/g, '');
  const { data: cards } = useQuery({
    ...getV1CardsOptions({ query: { q: asked, limit: 7 } }),
    enabled: opened && isClient && asked.length > 1,
  });

  const company = useLocation({ select: ({ pathname }) => OF_COMPANY.exec(pathname)?.[1] });
  const { data: its } = useQuery({
    ...getV1StaffCompaniesByIdCardsOptions({ path: { id: company ?? '' }, query: { q: asked, limit: 7 } }),
    enabled: opened && desk && company !== undefined && asked.length > 1,
  });
  const { data: companies } = useQuery({
    ...getV1StaffCompaniesOptions({ query: { q: asked, limit: 7 } }),
    enabled: opened && desk && asked.length > 1,
  });
  const { data: found } = useQuery({
    ...getV1StaffCardsByNumberOptions({ path: { number: digits } }),
    enabled: opened && desk && CARD_NUMBER.test(digits),
    retry: false,
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
        actions: (cards?.items ?? its?.items ?? []).map((card) => ({
          id: card.number,
          label: card.label || groupedNumber(card.number),
          description: groupedNumber(card.number),
          // What was typed found it on the server; the palette's own filter must not hide it again.
          keywords: asked,
          leftSection: <IconCreditCard size={20} />,
          onClick: () =>
            void navigate(
              company === undefined
                ? { to: '/cards/$number', params: { number: card.number } }
                : { to: '/staff/companies/$id/cards/$number', params: { id: company, number: card.number } },
            ),
        })),
      },
      {
        group: t('frame.card'),
        actions: found && !its?.items.some(({ number }) => number === found.number)
          ? [
              {
                id: found.number,
                label: found.label || groupedNumber(found.number),
                description: `${groupedNumber(found.number)} · ${found.company.name}`,
                keywords: asked,
                leftSection: <IconCreditCard size={20} />,
                onClick: () =>
                  void navigate({ to: '/staff/companies/$id/cards/$number', params: { id: found.company.id, number: found.number } }),
              },
            ]
          : [],
      },
      {
        group: t('frame.companies'),
        actions: (companies?.items ?? []).map((one) => ({
          id: one.id,
          label: one.name,
          description: one.inn,
          keywords: asked,
          leftSection: <IconBuilding size={20} />,
          onClick: () => void navigate({ to: '/staff/companies/$id', params: { id: one.id } }),
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
    [t, sections, cards, its, company, companies, found, asked, theme, language, navigate],
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
      searchProps={{ placeholder: t(isClient ? 'frame.findPlaceholder' : company === undefined ? 'frame.findAtDesk' : 'company.find'), 'aria-label': t('frame.find'), onKeyDown: openFirst }}
    />
  );
}
