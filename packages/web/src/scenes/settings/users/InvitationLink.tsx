import type { NewInvitation } from '@parley/protocol/model'
import { t } from '../../../i18n/t.ts'
import { Button } from '../../../parts/Button.tsx'
import { CopyBox } from '../../../parts/CopyBox.tsx'
import { Dialog } from '../../../parts/Dialog.tsx'
import { format } from '../../../parts/format.ts'

/** The link of an invitation: shown once, for only its digest is kept. */
export function InvitationLink({ made, onClose }: { made: NewInvitation; onClose: () => void }) {
  const { invitation, link, isMailed } = made
  return (
    <Dialog
      isOpen
      isKept
      onClose={onClose}
      title={isMailed ? t('people.invitationSent', { email: invitation.email ?? '' }) : t('people.invitationMade')}
      description={t('people.invitationLinkHint', { date: format.fullTime(invitation.expiresAt) })}
      footer={
        <Button look="primary" onClick={onClose}>
          {t('settings.done')}
        </Button>
      }
    >
      <CopyBox label={t('people.invitationLink')} text={link} />
    </Dialog>
  )
}
