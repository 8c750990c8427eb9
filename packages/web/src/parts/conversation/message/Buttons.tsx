import type { MessageButton } from '@parley/protocol/model'
import { ExternalLink } from 'lucide-react'
import { t } from '../../../i18n/t.ts'

/** The buttons under an outgoing message, as the client sees them. They are the client's to press. */
export function Buttons({ rows }: { rows: readonly (readonly MessageButton[])[] }) {
  return (
    <ul aria-label={t('message.buttons')} className="mt-1 w-full min-w-40 space-y-1">
      {rows.map((row, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows of one message never move
        <li key={index} className="flex gap-1">
          {row.map((button, place) => (
            <span
              // biome-ignore lint/suspicious/noArrayIndexKey: nor do buttons
              key={place}
              title={button.url}
              className="flex min-h-8 min-w-0 flex-1 items-center justify-center gap-1 rounded-lg px-2 py-1 text-center text-sm font-medium text-ink-2 shadow-[inset_0_0_0_1px_var(--line-strong)] select-none [overflow-wrap:anywhere]"
            >
              {button.text}
              {button.url !== undefined && <ExternalLink size={12} aria-hidden="true" className="shrink-0" />}
            </span>
          ))}
        </li>
      ))}
    </ul>
  )
}
