import { Modal } from '@mantine/core';
import { useT } from '@/i18n/message';
import { SignInForm } from './SignInForm';

interface SignInWindowProps {
  /** Whether the session is over, so that there is no way around it. */
  ended: boolean;
  login: string;
  onClose: () => void;
  onDone: () => void;
}

/** The password once more, over the page as it stands. */
export function SignInWindow({ ended, login, onClose, onDone }: SignInWindowProps) {
  const t = useT();
  return (
    <Modal
      opened
      onClose={onClose}
      withCloseButton={!ended}
      closeOnEscape={!ended}
      closeOnClickOutside={!ended}
      overlayProps={{ backgroundOpacity: 0.6, blur: ended ? 8 : 0 }}
      title={t(ended ? 'session.ended' : 'session.stay')}
    >
      <SignInForm login={login} intro={t(ended ? 'session.endedNote' : 'session.stayNote')} onDone={onDone} />
    </Modal>
  );
}
