import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { isStale } from '@/http/refused';

/** What stands on the server, with the edition that a change must name. */
export interface Kept<Content> {
  content: Content;
  edition: string;
}

interface Editing<Content, Ask> {
  /** What the form was opened with; absent for what is not there yet. */
  first?: Kept<Content>;
  read: () => Promise<Kept<Content>>;
  write: (ask: Ask, edition: string | undefined) => Promise<Kept<Content>>;
  onSaved: (content: Content) => void;
}

/**
 * A form over an edition: what is saved, and what somebody else saved since the form was opened. Theirs is shown, and a
 * second press saves over it knowingly.
 */
export function useEdited<Content, Ask>({ first, read, write, onSaved }: Editing<Content, Ask>) {
  const queryClient = useQueryClient();
  const [saved, setSaved] = useState(first?.content);
  const [base, setBase] = useState(first?.edition);
  const [theirs, setTheirs] = useState<Content | null>(null);
  const save = useMutation({
    mutationFn: (ask: Ask) => write(ask, base),
    onSuccess: ({ content, edition }) => {
      setSaved(content);
      setBase(edition);
      setTheirs(null);
      onSaved(content);
    },
    onError: async (error) => {
      if (!isStale(error)) return;
      const now = await read();
      setTheirs(now.content);
      setBase(now.edition);
    },
    onSettled: () => queryClient.invalidateQueries(),
  });
  const takeTheirs = () => {
    setSaved(theirs ?? undefined);
    setTheirs(null);
    save.reset();
  };
  return { saved, setSaved, theirs, takeTheirs, save };
}

export type Edited<Content, Ask> = ReturnType<typeof useEdited<Content, Ask>>;
