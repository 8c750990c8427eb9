import type { SensitiveFields } from '@parley/protocol/model'
import { t } from '../../../i18n/t.ts'

interface Props {
  now: SensitiveFields
  wanted: Partial<SensitiveFields>
}

/** What differs between a channel as it is and as it is asked to be. */
export function WaitingFields({ now, wanted }: Props) {
  const names = Object.keys(wanted) as (keyof SensitiveFields)[]
  return (
    <table className="mt-3 w-full text-start text-xs">
      <caption className="sr-only">{t('channels.differs')}</caption>
      <thead>
        <tr className="text-ink-2">
          <th className="pe-3 pb-1 text-start font-medium">{t('channels.field')}</th>
          <th className="pe-3 pb-1 text-start font-medium">{t('channels.now')}</th>
          <th className="pb-1 text-start font-medium">{t('channels.wanted')}</th>
        </tr>
      </thead>
      <tbody>
        {names.map((name) => (
          <tr key={name} className="align-top">
            <th scope="row" className="py-0.5 pe-3 text-start font-medium">
              {t(FIELD_NAMES[name])}
            </th>
            <td className="py-0.5 pe-3 text-ink-2 wrap-anywhere">{say(now[name])}</td>
            <td className="py-0.5 wrap-anywhere">{say(wanted[name] ?? null)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const FIELD_NAMES = {
  webhookUrl: 'channels.webhookUrl',
  webhookUrlV1: 'channels.webhookUrlV1',
  accountIds: 'channels.accounts',
  isPublic: 'channels.mayConnect',
} as const

function say(value: SensitiveFields[keyof SensitiveFields]): string {
  if (typeof value === 'boolean') return t(value ? 'channels.forEveryone' : 'channels.forNamed')
  if (Array.isArray(value)) return value.length === 0 ? '—' : value.join(', ')
  return value ?? '—'
}
