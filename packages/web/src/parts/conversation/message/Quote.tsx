import type { MessageKind, Quote } from '@parley/protocol/model'
import { Forward } from 'lucide-react'
import { t } from '../../../i18n/t.ts'
import { KindIcon } from './KindIcon.tsx'
import { useThreadTools } from './thread-tools.ts'

/** What a message answers: who said it and how it began. Leads to the original where there is one. */
export function QuoteBlock({ quote }: { quote: Quote }) {
  const { jumpTo } = useThreadTools()
  const { messageId } = quote
  const look =
    'block w-full rounded-sm border-s-[3px] border-accent bg-surface/60 px-2 py-1 text-start [unicode-bidi:plaintext] dark:bg-ink/6'
  const inside = (
    <>
      <span className="sr-only">{t('message.quote', { name: quote.author })}. </span>
      <span dir="auto" aria-hidden="true" className="block truncate text-xs font-semibold text-accent-ink">
        {quote.author}
      </span>
      <QuotedText kind={quote.kind} text={quote.text} />
    </>
  )
  if (messageId === null) return <span className={look}>{inside}</span>
  return (
    <button
      type="button"
      title={t('message.toOrigin')}
      onClick={() => jumpTo(messageId)}
      className={`${look} hover:bg-surface dark:hover:bg-ink/10`}
    >
      {inside}
    </button>
  )
}

function QuotedText({ kind, text }: { kind: MessageKind; text: string }) {
  return (
    <span className="flex items-center gap-1 text-xs text-ink-2">
      <KindIcon kind={kind} />
      <span dir="auto" className="min-w-0 truncate">
        {text === '' ? t(`kind.${kind}`) : text}
      </span>
    </span>
  )
}

/** Says that somebody else wrote it, and who. */
export function ForwardedMark({ quote }: { quote: Quote }) {
  return (
    <span className="flex items-center gap-1 text-xs text-ink-2">
      <Forward size={13} aria-hidden="true" className="shrink-0" />
      <span dir="auto" className="min-w-0 truncate">
        {quote.author === '' ? t('message.forwarded') : t('message.forwardedFrom', { name: quote.author })}
      </span>
    </span>
  )
}
