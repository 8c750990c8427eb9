import { TriangleAlert } from 'lucide-react'
import { t } from '../../../i18n/t.ts'
import { wordsFor } from '../words-for.ts'
import type { ReplyState } from './use-reply.ts'

/** What there is to be said before this is sent; the first press of Enter is held back for it. */
export function SendWarning({ reply: { meanwhile, unfilled, isHeld } }: { reply: ReplyState }) {
  const lines = [
    meanwhile && t('composer.meanwhile', { name: meanwhile.author.name, text: short(wordsFor(meanwhile)) }),
    unfilled.length > 0 && t('composer.unfilled', { markers: unfilled.join(', ') }),
  ].filter((line) => typeof line === 'string')
  return (
    <div role="status" className="mx-1.5 mt-1.5 rounded-md bg-warn-soft px-2.5 py-1.5 text-xs text-warn empty:hidden">
      {lines.map((line) => (
        <p key={line} className="flex items-start gap-1.5">
          <TriangleAlert size={13} aria-hidden="true" className="mt-0.5 shrink-0" />
          <span className="line-clamp-2 min-w-0 [overflow-wrap:anywhere]">{line}</span>
        </p>
      ))}
      {lines.length > 0 && isHeld && <p className="mt-0.5 ps-[19px] font-semibold">{t('composer.onceMore')}</p>}
    </div>
  )
}

const short = (text: string) => (text.length > 120 ? `${text.slice(0, 119)}…` : text)
