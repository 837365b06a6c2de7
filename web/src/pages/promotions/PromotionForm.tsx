import { Button, Checkbox, Stack, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { patchV1StaffPromotionsById, postV1StaffPromotions } from '@/api/sdk.gen';
import type { PromotionAsk, StaffPromotion } from '@/api/types.gen';
import { useFormat } from '@/format/useFormat';
import { isStale } from '@/http/refused';
import { useProblem } from '@/http/useProblem';
import { useT } from '@/i18n/message';
import content from '@/pages/content/content.module.css';
import { MarkdownField } from '@/pages/content/MarkdownField';
import { Meanwhile } from '@/pages/content/Meanwhile';
import { useEdited, type Kept } from '@/pages/content/useEdited';
import { useMay } from '@/session/may';
import { useUnsaved } from '@/session/unsaved';
import { Note } from '@/ui/Note';
import { Panel } from '@/ui/Panel';
import { toastDone } from '@/ui/toast';
import { draftOf, EMPTY, readDraft, type Draft } from './draft';
import { DropButton } from './DropButton';
import { promotionQuery } from './promotionQuery';
import { PublishButton } from './PublishButton';
import { TermsFields } from './TermsFields';

interface PromotionFormProps {
  /** Absent for a new one. */
  first?: Kept<StaffPromotion>;
}

/** What the server calls the fields of the form. */
const NAMES: Partial<Record<string, keyof Draft>> = {
  'english.title': 'titleEn', 'english.body': 'bodyEn', 'discount.per_unit': 'discount', 'discount.percent': 'discount',
  minimum_quantity: 'least',
};

/** Writes a promotion; nobody may join it before it is published. */
export function PromotionForm({ first }: PromotionFormProps) {
  const t = useT();
  const may = useMay();
  const { locale } = useFormat();
  const { say, fieldErrors } = useProblem();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const piece = first?.content;
  const [draft, setDraft] = useState<Draft>(() => (piece ? draftOf(piece, locale) : EMPTY));
  const [tried, setTried] = useState(false);
  const { saved, theirs, takeTheirs, save } = useEdited<StaffPromotion, PromotionAsk>({
    first,
    read: () => queryClient.fetchQuery({ ...promotionQuery(piece?.id ?? ''), staleTime: 0 }),
    write: async ({ companies, ...ask }, edition) => {
      // Only who sees the companies says for which of them it is.
      const body = may('seeCompanies') ? { ...ask, companies } : ask;
      const { data, response } = piece
        ? await patchV1StaffPromotionsById({ path: { id: piece.id }, headers: { 'If-Match': edition ?? null }, body, throwOnError: true })
        : await postV1StaffPromotions({ body, throwOnError: true });
      return { content: data, edition: response.headers.get('ETag') ?? '' };
    },
    onSaved: (kept) => {
      setDraft(draftOf(kept, locale));
      setTried(false);
      toastDone(t(kept.published_at === null ? 'promotions.kept' : 'promotions.isOut'));
      if (!piece) void navigate({ to: '/staff/promotions/$id', params: { id: kept.id }, replace: true, ignoreBlocker: true });
    },
  });
  const dirty = JSON.stringify(draft) !== JSON.stringify(saved ? draftOf(saved, locale) : EMPTY);
  useUnsaved(dirty);

  const read = readDraft(draft);
  const wrong = 'wrong' in read ? read.wrong : {};
  const refused = Object.fromEntries(
    Object.entries(fieldErrors(save.error)).map(([field, words]) => [NAMES[field] ?? field.split('.')[0] ?? field, words]),
  );
  const errorOf = (field: keyof Draft) => {
    const own = tried ? wrong[field] : undefined;
    return own ? t(`promotionWrong.${own}`) : refused[field];
  };
  const out = Boolean(saved?.published_at);
  const withdrawn = saved?.state === 'withdrawn';
  const set = (changed: Partial<Draft>) => setDraft((now) => ({ ...now, ...changed }));
  const put = (published: boolean) => {
    setTried(true);
    if ('ask' in read) save.mutate({ ...read.ask, published });
  };

  return (
    <Panel>
      <Stack>
        {theirs && (
          <Meanwhile
            theirs={[theirs.title, theirs.body]}
            saving={save.isPending}
            onMine={() => put(save.variables?.published ?? theirs.published_at !== null)}
            onTheirs={() => {
              setDraft(draftOf(theirs, locale));
              takeTheirs();
            }}
          />
        )}
        {withdrawn && <Note tone="attention">{t('promotions.isWithdrawn')}</Note>}
        {out && !withdrawn && <Note>{t('promotions.edits')}</Note>}
        {save.isError && !isStale(save.error) && Object.keys(refused).length === 0 && (
          <Note tone="refused" urgent>
            {say(save.error)}
          </Note>
        )}
        <TextInput
          label={t('promotions.name')}
          value={draft.title}
          error={errorOf('title')}
          onChange={(event) => set({ title: event.currentTarget.value })}
        />
        <TermsFields draft={draft} set={set} errorOf={errorOf} />
        <MarkdownField
          label={t('promotions.body')}
          value={draft.body}
          error={errorOf('body')}
          onChange={(body) => set({ body })}
          rows={8}
        />
        <Checkbox
          label={t('promotions.english')}
          description={t('promotions.englishNote')}
          checked={draft.english}
          onChange={(event) => set({ english: event.currentTarget.checked })}
        />
        {draft.english && (
          <>
            <TextInput
              label={t('promotions.nameEn')}
              lang="en"
              value={draft.titleEn}
              error={errorOf('titleEn')}
              onChange={(event) => set({ titleEn: event.currentTarget.value })}
            />
            <MarkdownField
              label={t('promotions.bodyEn')}
              value={draft.bodyEn}
              error={errorOf('bodyEn')}
              onChange={(bodyEn) => set({ bodyEn })}
              rows={8}
            />
          </>
        )}
        {!withdrawn && (
          <div className={content.acts}>
            {out ? (
              <Button disabled={!dirty} loading={save.isPending} onClick={() => put(true)}>
                {t('common.save')}
              </Button>
            ) : (
              <>
                <PublishButton
                  companies={draft.companies.length}
                  act={save}
                  check={() => {
                    setTried(true);
                    return 'ask' in read;
                  }}
                  onPublish={() => put(true)}
                />
                <Button variant="default" loading={save.isPending} onClick={() => put(false)}>
                  {t('content.keep')}
                </Button>
              </>
            )}
            {saved && piece && <DropButton piece={saved} onDone={() => void navigate({ to: '/staff/promotions', ignoreBlocker: true })} />}
          </div>
        )}
        {tried && Object.keys(wrong).length > 0 && (
          <p role="alert" className={content.wrong}>
            {t('promotions.wrong')}
          </p>
        )}
      </Stack>
    </Panel>
  );
}
