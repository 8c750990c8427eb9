import type { Invitation, NewInvitation } from '@parley/protocol/model'
import { Mail, RefreshCw, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { resendInvitation, revokeInvitation } from '../../../data/people/endpoints.ts'
import { t } from '../../../i18n/t.ts'
import { ConfirmDialog } from '../../../parts/ConfirmDialog.tsx'
import { format } from '../../../parts/format.ts'
import { IconButton } from '../../../parts/IconButton.tsx'
import { reasonOf } from '../../../parts/Notice.tsx'
import { toast } from '../../../parts/toast.ts'
import { useNow } from '../../../parts/use-now.ts'

interface Props {
  invitations: readonly Invitation[]
  onMade: (made: NewInvitation) => void
}

/** Asked in, and not here yet. */
export function Invitations({ invitations, onMade }: Props) {
  const now = useNow()
  const [leaving, setLeaving] = useState<Invitation>()
  const resend = (invitation: Invitation) =>
    resendInvitation(invitation.id).then(onMade, (error: unknown) =>
      toast({ tone: 'bad', text: t('people.notResent', { reason: reasonOf(error) }) }),
    )
  return (
    <section aria-label={t('people.invitations')}>
      <h3 className="mb-2 text-xs font-medium text-ink-2">{t('people.invitations')}</h3>
      <ul className="divide-y divide-line rounded-lg border border-line">
        {invitations.map((invitation) => {
          const name = nameOf(invitation)
          const isOver = invitation.expiresAt <= now
          return (
            <li key={invitation.id} className="flex items-center gap-3 px-4 py-2.5">
              <span className="flex size-9 shrink-0 items-center justify-center rounded-full bg-hover text-ink-3">
                <Mail size={17} strokeWidth={1.8} aria-hidden="true" />
              </span>
              <div className="min-w-0 flex-1">
                <bdi className="block truncate font-medium">{name}</bdi>
                <p className="truncate text-xs text-ink-3">
                  {isOver
                    ? t('people.invitationOver', { date: format.date(invitation.expiresAt) })
                    : t('people.invitationUntil', { date: format.date(invitation.expiresAt) })}
                  {invitation.invitedBy && ` · ${t('people.invitedBy', { name: invitation.invitedBy.name })}`}
                </p>
              </div>
              <IconButton label={t('people.resendOf', { name })} onClick={() => void resend(invitation)}>
                <RefreshCw />
              </IconButton>
              <IconButton label={t('people.revokeOf', { name })} onClick={() => setLeaving(invitation)}>
                <Trash2 />
              </IconButton>
            </li>
          )
        })}
      </ul>
      <ConfirmDialog
        isOpen={leaving !== undefined}
        onClose={() => setLeaving(undefined)}
        title={t('people.revokeTitle', { name: leaving ? nameOf(leaving) : '' })}
        description={t('people.revokeHint')}
        confirmLabel={t('people.revoke')}
        onConfirm={() => leaving && revokeInvitation(leaving.id)}
      />
    </section>
  )
}

const nameOf = ({ email, name }: Invitation) => email ?? name ?? t('people.byLink')
