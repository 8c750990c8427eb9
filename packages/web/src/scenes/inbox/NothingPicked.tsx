import { useConnections } from '../../data/connections.ts'
import { useMe } from '../../data/queries.ts'
import { t, tNodes } from '../../i18n/t.ts'
import { Kbd } from '../../parts/Kbd.tsx'
import { Notice } from '../../parts/Notice.tsx'
import { Welcome } from './Welcome.tsx'

export function NothingPicked() {
  if (useIsUntouched()) return <Welcome />
  return (
    <section aria-label={t('thread.conversation')} className="flex min-w-0 flex-1 bg-sunken">
      <Notice
        drawing={<TwoBubbles />}
        title={t('inbox.pick')}
        hint={tNodes('inbox.pickHint', { next: <Kbd key="j">J</Kbd>, previous: <Kbd key="k">K</Kbd> })}
      />
    </section>
  )
}

/** An admin's account that no channel is connected to. */
function useIsUntouched(): boolean {
  const { user } = useMe()
  const connections = useConnections()
  return user.role === 'admin' && connections?.length === 0
}

function TwoBubbles() {
  return (
    <svg width="88" height="66" viewBox="0 0 88 66" fill="none" aria-hidden="true">
      <rect
        x="1"
        y="1"
        width="58"
        height="38"
        rx="10"
        fill="var(--surface)"
        stroke="var(--line-strong)"
        strokeWidth="1.500"
      />
      <path d="M14 15h32M14 24h20" stroke="var(--line-strong)" strokeWidth="3" strokeLinecap="round" />
      <rect
        x="31"
        y="26"
        width="56"
        height="36"
        rx="10"
        fill="var(--accent-soft)"
        stroke="var(--accent)"
        strokeWidth="1.500"
      />
      <path d="M44 40h30M44 49h18" stroke="var(--accent)" strokeWidth="3" strokeLinecap="round" />
    </svg>
  )
}
