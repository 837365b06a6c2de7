import { Button } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { IconCheck, IconCopy, IconPrinter } from '@tabler/icons-react';
import { useT } from '@/i18n/message';
import { Note } from '@/ui/Note';
import classes from './secondFactor.module.css';
import { useSession } from './session';

interface RecoveryCodesProps {
  codes: string[];
  onSaved: () => void;
}

/** Ten ways in for who loses the phone; they are on this page and nowhere else. */
export function RecoveryCodes({ codes, onSaved }: RecoveryCodesProps) {
  const t = useT();
  const { user } = useSession();
  const clipboard = useClipboard({ timeout: 1500 });
  return (
    <div className={classes.steps}>
      <div className={classes.screen}>
        <Note tone="attention" title={t('totp.codesTitle')} urgent>
          {t('totp.codesNote')}
        </Note>
      </div>
      <p className={classes.paper}>{t('totp.codesFor', { login: user.login })}</p>
      <ul className={classes.codes} data-paper>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className={classes.actions}>
        <Button
          variant="default"
          leftSection={clipboard.copied ? <IconCheck size={18} /> : <IconCopy size={18} />}
          onClick={() => clipboard.copy(codes.join('\n'))}
        >
          {t(clipboard.copied ? 'common.copied' : 'totp.copyCodes')}
        </Button>
        <Button variant="default" leftSection={<IconPrinter size={18} />} onClick={() => window.print()}>
          {t('totp.printCodes')}
        </Button>
        <Button onClick={onSaved}>{t('totp.saved')}</Button>
      </div>
    </div>
  );
}
