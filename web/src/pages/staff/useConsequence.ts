import { useT } from '@/i18n/message';
import type { Claim } from '@/model';

/** What approving a claim will do, sentence by sentence. */
export function useConsequence(claim: Claim): string[] {
  const t = useT();
  const wayIn = [t('desk.willEnd'), ...(claim.company ? [t('desk.willTell')] : [])];
  if (!claim.new_email_required_second || claim.new_email === null) {
    return [t('desk.willSend', { email: claim.on_file.email ?? '—' }), ...wayIn];
  }
  const change = { email: claim.new_email, old: claim.on_file.email ?? '—' };
  return claim.first_approval
    ? [t('desk.willChange', change), ...wayIn]
    : [t('desk.willWait'), t('desk.willChangeThen', change)];
}
