import type { MessageButton } from '@parley/protocol/model'
import { ExternalLink, X } from 'lucide-react'
import { t } from '../../../i18n/t.ts'
import { IconButton } from '../../IconButton.tsx'

interface Props {
  rows: MessageButton[][]
  /** Why they will not go out, when they will not. */
  problem: string | undefined
  onRemove: () => void
}

/** The quick replies that go out with the text. */
export function ButtonsStrip({ rows, problem, onRemove }: Props) {
  return (
    <div className="flex items-start gap-1 ps-3 pe-1.5 pt-2">
      <div className="min-w-0 flex-1">
        <ul aria-label={t('composer.buttons')} className="flex flex-wrap gap-1">
          {rows.flat().map((button, index) => (
            <li
              // biome-ignore lint/suspicious/noArrayIndexKey: buttons of one template never move
              key={index}
              title={button.url}
              className="flex h-6 max-w-60 items-center gap-1 rounded-md px-2 text-xs text-ink-2 shadow-[inset_0_0_0_1px_var(--line-strong)]"
            >
              <bdi className="truncate">{button.text}</bdi>
              {button.url !== undefined && <ExternalLink size={11} aria-hidden="true" className="shrink-0" />}
            </li>
          ))}
        </ul>
        {problem && <p className="mt-1 text-xs text-warn">{problem}</p>}
      </div>
      <IconButton label={t('composer.removeButtons')} side="top" onClick={onRemove}>
        <X aria-hidden="true" />
      </IconButton>
    </div>
  )
}
