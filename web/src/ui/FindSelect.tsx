import { Select } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useState } from 'react';

const TYPING_MS = 250;

export interface Choice {
  value: string;
  label: string;
  /** What the list says more of it than the field does. */
  more?: string;
}

interface FindSelectProps {
  label: string;
  /** The label is said, not shown: the placeholder stands for it. */
  bare?: boolean;
  placeholder: string;
  /** What is said where nothing fits. */
  none: string;
  /** What the server found; the chosen one is in it. */
  choices: Choice[];
  value: string | null;
  onChange: (value: string | null) => void;
  /** What is typed, when typing pauses; nothing while the field shows what is chosen. */
  onSearch: (typed: string) => void;
  clearable?: boolean;
  error?: string;
}

/** A choice of one among many, found by the server as one types. */
export function FindSelect(props: FindSelectProps) {
  const { label, bare = false, placeholder, none, choices, value, onChange, onSearch, clearable = false, error } = props;
  const [typed, setTyped] = useState('');
  const tell = useDebouncedCallback(onSearch, TYPING_MS);
  const chosen = choices.find((choice) => choice.value === value)?.label;
  return (
    <Select
      size="md"
      searchable
      {...(bare ? { 'aria-label': label } : { label })}
      placeholder={placeholder}
      data={choices.map(({ value: id, label: words }) => ({ value: id, label: words }))}
      // The server has found them already.
      filter={({ options }) => options}
      renderOption={({ option }) => {
        const more = choices.find((choice) => choice.value === option.value)?.more;
        return more ? `${option.label} · ${more}` : option.label;
      }}
      nothingFoundMessage={none}
      comboboxProps={{ withinPortal: false }}
      clearable={clearable}
      value={value}
      onChange={onChange}
      searchValue={typed}
      onSearchChange={(next) => {
        setTyped(next);
        tell(next.trim() === chosen ? '' : next.trim());
      }}
      error={error}
    />
  );
}
