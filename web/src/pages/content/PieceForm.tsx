import { Button, Stack } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { isStale } from '@/http/refused';
import { useProblem } from '@/http/useProblem';
import { useT } from '@/i18n/message';
import { ActDialog } from '@/ui/ActDialog';
import { Note } from '@/ui/Note';
import { Panel } from '@/ui/Panel';
import classes from './content.module.css';
import { Meanwhile } from './Meanwhile';
import type { Edited } from './useEdited';

interface PieceFormProps<Piece, Ask> {
  edited: Edited<Piece, Ask>;
  isOut: (piece: Piece) => boolean;
  /** Whether there is enough of it to be saved. */
  ready: boolean;
  put: (published: boolean) => void;
  onTheirs: (piece: Piece) => void;
  /** What takes it back from its readers is called. */
  withdraw: string;
  /** Throws it away; absent for what is not there yet. */
  drop?: { what: string; act: { isPending: boolean; error: unknown }; onSubmit: () => void };
  /** The way to what its readers see. */
  read: ReactNode;
  children: ReactNode;
}

/** The form of what the site or the cabinet publishes: its fields, what somebody else saved meanwhile, and what can be done. */
export function PieceForm<Piece extends { title: string; body: string }, Ask extends { published?: boolean | null }>(props: PieceFormProps<Piece, Ask>) {
  const t = useT();
  const { say, fieldErrors } = useProblem();
  const [dropping, setDropping] = useState(false);
  const { edited, isOut, ready, put, onTheirs, withdraw, drop, read, children } = props;
  const { saved, theirs, takeTheirs, save } = edited;
  const out = saved !== undefined && isOut(saved);

  return (
    <Panel>
      <Stack>
        {theirs && (
          <Meanwhile
            theirs={[theirs.title, theirs.body]}
            saving={save.isPending}
            onMine={() => put(save.variables?.published ?? isOut(theirs))}
            onTheirs={() => {
              onTheirs(theirs);
              takeTheirs();
            }}
          />
        )}
        {save.isError && !isStale(save.error) && Object.keys(fieldErrors(save.error)).length === 0 && (
          <Note tone="refused" urgent>
            {say(save.error)}
          </Note>
        )}
        {children}
        <div className={classes.acts}>
          <Button disabled={!ready} loading={save.isPending} onClick={() => put(true)}>
            {t(out ? 'common.save' : 'content.publish')}
          </Button>
          <Button variant="default" disabled={!ready} loading={save.isPending} onClick={() => put(false)}>
            {out ? withdraw : t('content.keep')}
          </Button>
          {drop && (
            <Button variant="subtle" color="red" onClick={() => setDropping(true)}>
              {t('content.drop')}
            </Button>
          )}
          {out && read}
        </div>
      </Stack>
      {drop && (
        <ActDialog
          opened={dropping}
          onClose={() => setDropping(false)}
          title={t('content.drop')}
          submit={t('content.drop')}
          onSubmit={drop.onSubmit}
          act={drop.act}
          destructive
        >
          <p>{drop.what}</p>
        </ActDialog>
      )}
    </Panel>
  );
}
