import type { ChannelDecision, Registration } from '@parley/protocol/model'
import { type ReactNode, useState } from 'react'
import { decideRegistration } from '../../../data/channels/registrations.ts'
import { t } from '../../../i18n/t.ts'
import { Button } from '../../../parts/Button.tsx'
import { format } from '../../../parts/format.ts'
import { initials } from '../../../parts/initials.ts'
import { svgAddress } from '../../../parts/svg-address.ts'
import { toast } from '../../../parts/toast.ts'
import { useNow } from '../../../parts/use-now.ts'
import { WaitingFields } from '../channels/WaitingFields.tsx'
import { useSettingsChange, useSettingsSave } from '../use-settings-change.ts'
import { SayWhyDialog } from './SayWhyDialog.tsx'

/** One that waits: who asks for what, and the three answers to it. */
export function RegistrationCard({ registration }: { registration: Registration }) {
  const change = useSettingsChange('registrations')
  const save = useSettingsSave('registrations')
  const [asked, setAsked] = useState<'returned' | 'refused'>()
  const { id, name, waiting } = registration
  const isChange = Object.keys(waiting).length > 0
  const told = (decision: ChannelDecision) => toast({ tone: 'ok', text: t(`registrations.told.${decision}`, { name }) })
  async function approve() {
    if (await change(() => decideRegistration(id, { decision: 'approved' }))) told('approved')
  }
  return (
    <section aria-label={name} className="rounded-lg border border-line">
      <header className="flex items-start gap-3 px-4 py-3">
        <Icon registration={registration} />
        <div className="min-w-0 flex-1">
          <h3 className="text-md font-semibold">
            <bdi>{name}</bdi>
          </h3>
          <Asking registration={registration} />
        </div>
      </header>
      <div className="flex flex-col gap-3 border-t border-line px-4 py-3">
        <Facts registration={registration} />
        {isChange && (
          <div>
            <p className="font-medium">{t('registrations.asksChange')}</p>
            <WaitingFields now={registration} wanted={waiting} />
          </div>
        )}
      </div>
      <footer className="flex flex-wrap gap-2 border-t border-line px-4 py-3">
        <Button look="primary" aria-label={t('registrations.approveOf', { name })} onClick={() => void approve()}>
          {t('registrations.approve')}
        </Button>
        <Button aria-label={t('registrations.returnOf', { name })} onClick={() => setAsked('returned')}>
          {t('registrations.return')}
        </Button>
        <Button look="ghost" aria-label={t('registrations.refuseOf', { name })} onClick={() => setAsked('refused')}>
          {t('registrations.refuse')}
        </Button>
      </footer>
      {asked && (
        <SayWhyDialog
          name={name}
          decision={asked}
          onClose={() => setAsked(undefined)}
          onSay={async (note) => {
            await save(decideRegistration(id, { decision: asked, note }))
            told(asked)
          }}
        />
      )}
    </section>
  )
}

function Icon({ registration: { icon, name } }: { registration: Registration }) {
  return (
    <span
      aria-hidden="true"
      className="flex size-9 shrink-0 items-center justify-center overflow-hidden rounded-full bg-hover font-semibold text-ink-2"
    >
      {icon === null ? (
        initials(name).slice(0, 1)
      ) : (
        <img src={svgAddress(icon)} alt="" className="size-full bg-white" />
      )}
    </span>
  )
}

function Asking({ registration: { owner, askedBy, askedAt } }: { registration: Registration }) {
  const now = useNow()
  const who = [askedBy, owner && `${owner.name} (${owner.id})`].filter(Boolean).join(', ')
  return (
    <p className="text-xs text-ink-3">
      {who === '' ? t('registrations.nobody') : <bdi>{who}</bdi>} · {format.rowTime(askedAt, now)}
    </p>
  )
}

function Facts({ registration: one }: { registration: Registration }) {
  return (
    <dl className="grid grid-cols-[8rem_minmax(0,1fr)] gap-x-4 gap-y-1">
      {one.about !== null && <Fact name={t('channels.about')}>{one.about}</Fact>}
      <Fact name={t('channels.code')}>{one.code}</Fact>
      <Fact name={t('channels.webhookUrl')}>{one.webhookUrl ?? '—'}</Fact>
      {one.webhookUrlV1 !== null && <Fact name={t('channels.webhookUrlV1')}>{one.webhookUrlV1}</Fact>}
      <Fact name={t('channels.mayConnect')}>
        {one.isPublic ? t('channels.forEveryone') : one.accountIds.join(', ') || t('registrations.itself')}
      </Fact>
      {one.errorEmail !== null && <Fact name={t('channels.errorEmail')}>{one.errorEmail}</Fact>}
    </dl>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-xs leading-[18px] text-ink-3">{name}</dt>
      <dd className="min-w-0 wrap-anywhere">{children}</dd>
    </>
  )
}
