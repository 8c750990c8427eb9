import type { TeamMember } from '@parley/protocol/model'
import { useState } from 'react'
import { dropSecondFactor, endSessionsOf, makePasswordLink } from '../../../data/people/endpoints.ts'
import { t } from '../../../i18n/t.ts'
import { Button } from '../../../parts/Button.tsx'
import { ConfirmDialog } from '../../../parts/ConfirmDialog.tsx'
import { CopyBox } from '../../../parts/CopyBox.tsx'
import { Dialog } from '../../../parts/Dialog.tsx'
import { format } from '../../../parts/format.ts'
import { toast } from '../../../parts/toast.ts'

type Asked = 'link' | 'sessions' | 'factor'

/** What an admin does for somebody who cannot get in, or should not be in. */
export function UserSafety({ member }: { member: TeamMember }) {
  const [asked, setAsked] = useState<Asked>()
  const [link, setLink] = useState<{ link: string; expiresAt: number }>()
  const { id, name } = member
  const acts: Record<Asked, () => Promise<unknown>> = {
    link: async () => setLink(await makePasswordLink(id)),
    sessions: async () => {
      await endSessionsOf(id)
      toast({ text: t('people.sessionsEnded', { name }) })
    },
    factor: async () => {
      await dropSecondFactor(id)
      toast({ text: t('people.factorDropped', { name }) })
    },
  }
  return (
    <section aria-label={t('people.gettingIn')} className="border-t border-line pt-4">
      <h3 className="mb-2 text-xs font-medium text-ink-2">{t('people.gettingIn')}</h3>
      <div className="flex flex-wrap gap-2">
        <Button size="sm" onClick={() => setAsked('link')}>
          {t('people.passwordLink')}
        </Button>
        <Button size="sm" onClick={() => setAsked('sessions')}>
          {t('people.endSessions')}
        </Button>
        {member.hasSecondFactor && (
          <Button size="sm" onClick={() => setAsked('factor')}>
            {t('people.dropFactor')}
          </Button>
        )}
      </div>
      {asked && (
        <ConfirmDialog
          isOpen
          isDangerous={asked !== 'link'}
          onClose={() => setAsked(undefined)}
          title={t(`people.ask.${asked}`, { name })}
          description={t(`people.ask.${asked}Hint`)}
          confirmLabel={t(
            asked === 'link'
              ? 'people.passwordLink'
              : asked === 'sessions'
                ? 'people.endSessions'
                : 'people.dropFactor',
          )}
          onConfirm={acts[asked]}
        />
      )}
      <Dialog
        isOpen={link !== undefined}
        isKept
        onClose={() => setLink(undefined)}
        title={t('people.passwordLinkOf', { name })}
        description={t('people.passwordLinkHint', { date: link ? format.fullTime(link.expiresAt) : '' })}
        footer={
          <Button look="primary" onClick={() => setLink(undefined)}>
            {t('settings.done')}
          </Button>
        }
      >
        <CopyBox label={t('people.passwordLink')} text={link?.link ?? ''} />
      </Dialog>
    </section>
  )
}
