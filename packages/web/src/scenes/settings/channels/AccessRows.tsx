import type { OwnChannel } from '@parley/protocol/model'
import { useId } from 'react'
import { t } from '../../../i18n/t.ts'
import { CopyBox } from '../../../parts/CopyBox.tsx'

/** What a channel's program is set up with, but for the secret. */
export function AccessRows({ channel }: { channel: OwnChannel }) {
  const { code, id, scopeId, bot, accountIds, isPublic } = channel
  return (
    <div className="flex flex-col gap-3">
      <Row name={t('channels.code')} text={code} />
      <Row name={t('channels.channelId')} text={id} />
      <Row name={t('channels.scopeId')} text={scopeId} />
      <Row name={t('channels.botId')} text={bot.id} />
      <Row name={t('channels.botClientId')} text={bot.clientId} />
      <p className="text-ink-2">
        {isPublic
          ? t('channels.approvedAll')
          : accountIds.length === 0
            ? t('channels.approvedOwn')
            : t('channels.approvedNamed', { accounts: accountIds.join(', ') })}
      </p>
    </div>
  )
}

function Row({ name, text }: { name: string; text: string }) {
  const id = useId()
  return (
    <div className="grid items-center gap-x-3 gap-y-1 @md:grid-cols-[9rem_minmax(0,1fr)]">
      <p id={id} aria-hidden="true" className="text-xs font-medium text-ink-2">
        {name}
      </p>
      <CopyBox label={name} text={text} />
    </div>
  )
}
