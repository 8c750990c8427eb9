import type { Message } from '@parley/protocol/model'
import { X } from 'lucide-react'
import { t } from '../../../i18n/t.ts'
import { IconButton } from '../../../parts/IconButton.tsx'
import { quoteOf } from './quote-of.ts'

interface Props {
  target: Message
  onRemove: () => void
}

/** What the reply answers. */
export function QuoteBar({ target, onRemove }: Props) {
  const quote = quoteOf(target)
  const title = target.post ? t('composer.commentUnder', { post: postName(target.post) }) : quote.author
  return (
    <div className="flex items-center gap-1 ps-3 pe-1.5 pt-2">
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would bring a look of its own */}
      <div
        role="group"
        aria-label={t('composer.quoteLabel', { name: quote.author })}
        className="min-w-0 flex-1 border-s-[3px] border-accent ps-2 text-xs"
      >
        <p dir="auto" className="truncate font-semibold text-accent-ink">
          {title}
        </p>
        <p dir="auto" className="truncate text-ink-2">
          {quote.text === '' ? t(`kind.${quote.kind}`) : quote.text}
        </p>
      </div>
      <IconButton label={t('composer.removeQuote')} keys="Esc" side="top" onClick={onRemove}>
        <X aria-hidden="true" />
      </IconButton>
    </div>
  )
}

const postName = ({ caption, author, url }: NonNullable<Message['post']>) =>
  (caption.trim().split('\n', 1)[0] || author || url).slice(0, 120)
