import type { Connection } from '@parley/protocol/model'
import { useConnection } from '../../../data/connection.ts'
import { useSwitchOn } from '../../../data/connections.ts'
import { useMe } from '../../../data/queries.ts'
import { t } from '../../../i18n/t.ts'
import { Button } from '../../../parts/Button.tsx'
import { reasonOf } from '../../../parts/Notice.tsx'
import { Tip } from '../../../parts/Tip.tsx'
import { switchRight } from './troubles.ts'

interface Props {
  connection: Connection
  /** It is on again, and this button is about to go. */
  onDone: () => void
}

const WHOM_TO_ASK = {
  ask_admin: 'health.askAdmin',
  ask_developer: 'health.askDeveloper',
  ask_operator: 'health.askOperator',
} as const

/** How a channel that is switched off comes back: by this button, or by whom one has to ask. */
export function SwitchOn({ connection, onDone }: Props) {
  const { user } = useMe()
  const { isPending, error, mutate } = useSwitchOn(onDone)
  const isOffline = !useConnection((state) => state.hasNetwork)
  const right = switchRight(connection, user.role)
  if (right === null) return null
  if (right !== 'may') return <span className="text-ink-2">{t(WHOM_TO_ASK[right])}</span>

  const name = t('health.switchOnOf', { channel: connection.title })
  // Not `disabled`: that would take the keyboard away from it.
  const button = (
    <Button
      size="sm"
      aria-label={isOffline ? `${name}. ${t('health.offline')}` : name}
      aria-disabled={isOffline || isPending}
      onClick={() => !isOffline && !isPending && mutate(connection.channelId)}
    >
      {t('health.switchOn')}
    </Button>
  )
  return (
    <>
      {isOffline ? <Tip label={t('health.offline')}>{button}</Tip> : button}
      {error && (
        <span role="alert" className="w-full text-bad">
          {t('health.switchOnFailed', { channel: connection.title, reason: reasonOf(error) })}
        </span>
      )}
    </>
  )
}
