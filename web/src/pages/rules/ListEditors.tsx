import { MultiSelect, SegmentedControl, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getV1StationsOptions } from '@/api/@tanstack/react-query.gen';
import { useProducts } from '@/format/useFormat';
import { useT } from '@/i18n/message';
import { Panel } from '@/ui/Panel';
import type { ListDraft } from './draft';

interface ListEditorProps {
  rule: ListDraft;
  error?: string;
  onChange: (rule: ListDraft) => void;
}

export function ProductsEditor(props: ListEditorProps) {
  const t = useT();
  const { items } = useProducts();
  return (
    <ListEditor
      {...props}
      title={t('rules.products')}
      choices={items.map(({ code, name }) => ({ value: code, label: name }))}
    />
  );
}

export function StationsEditor(props: ListEditorProps) {
  const t = useT();
  const { data } = useQuery({ ...getV1StationsOptions(), staleTime: 10 * 60_000 });
  return (
    <ListEditor
      {...props}
      title={t('rules.stations')}
      choices={(data?.items ?? []).map(({ code, name }) => ({ value: code, label: `${code} · ${name}` }))}
    />
  );
}

interface ListEditorFullProps extends ListEditorProps {
  title: string;
  choices: { value: string; label: string }[];
}

/** All, only these, or all but these. */
function ListEditor({ rule, error, onChange, title, choices }: ListEditorFullProps) {
  const t = useT();
  return (
    <Panel title={title}>
      <Stack gap="sm" align="stretch">
        <SegmentedControl
          aria-label={title}
          fullWidth
          value={rule.mode}
          onChange={(mode) => onChange({ ...rule, mode: mode as ListDraft['mode'] })}
          data={[
            { value: 'all', label: t('rules.listAll') },
            { value: 'allow', label: t('rules.listOnly') },
            { value: 'deny', label: t('rules.listExcept') },
          ]}
        />
        {rule.mode !== 'all' && (
          <MultiSelect
            label={t(rule.mode === 'allow' ? 'rules.listOnly' : 'rules.listExcept')}
            searchable
            clearable
            nothingFoundMessage={t('frame.nothingFound')}
            value={rule.codes}
            onChange={(codes) => onChange({ ...rule, codes })}
            data={choices}
            error={error}
          />
        )}
      </Stack>
    </Panel>
  );
}
