import { Textarea } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { postV1StaffMarkdown } from '@/api/sdk.gen';
import { useProblem } from '@/http/useProblem';
import { useT } from '@/i18n/message';
import { Prose } from '@/ui/Prose';
import classes from './MarkdownField.module.css';

const TYPING_MS = 400;

interface MarkdownFieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  error?: string;
  rows?: number;
  /** Who reads it: the public on the site, or whoever is in the cabinet. */
  place?: 'site' | 'cabinet';
}

/** A text in Markdown, and beside it what its readers will see, made by the renderer that they will see it by. */
export function MarkdownField({ label, value, onChange, error, rows = 16, place = 'site' }: MarkdownFieldProps) {
  const t = useT();
  return (
    <div className={classes.place}>
      <div className={classes.sides}>
        <Textarea
          label={label}
          description={t('markdown.note')}
          rows={rows}
          value={value}
          error={error}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
        <section className={classes.preview} aria-label={t(`markdown.previewOf.${place}`, { label })}>
          <p className={classes.head} aria-hidden>
            {t(`markdown.preview.${place}`)}
          </p>
          <Preview text={value.trim()} />
        </section>
      </div>
    </div>
  );
}

function Preview({ text }: { text: string }) {
  const t = useT();
  const { say } = useProblem();
  const [asked] = useDebouncedValue(text, TYPING_MS);
  const { data, error } = useQuery({
    queryKey: ['markdown', asked],
    queryFn: async ({ signal }) => (await postV1StaffMarkdown({ body: { body: asked }, signal, throwOnError: true })).data,
    enabled: asked !== '',
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (text === '') return <p className="muted">{t('markdown.nothing')}</p>;
  if (error) return <p className={classes.wrong}>{say(error)}</p>;
  return data ? <Prose html={data.html} /> : <p className="muted">{t('markdown.loading')}</p>;
}
