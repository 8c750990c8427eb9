import type { SearchOperator } from '@parley/protocol/text'
import { t } from '../../i18n/t.ts'

/** One that shows how it is used. */
const EXAMPLES: readonly [SearchOperator, example: string][] = [
  ['from', 'from:me'],
  ['channel', 'channel:"Harbor Chat"'],
  ['stage', 'stage:won'],
  ['tag', 'tag:vip'],
  ['has', 'has:picture'],
  ['is', 'is:unread'],
  ['in', 'in:note'],
  ['before', 'before:2026-03-01'],
  ['after', 'after:2026-02'],
]

/** What can be typed; a press writes it into the field. */
export function Help({ onInsert }: { onInsert: (operator: string) => void }) {
  return (
    <div className="px-3 py-4">
      <p className="max-w-prose text-ink-2">{t('search.help.words')}</p>
      <h2 className="mt-5 mb-1 text-2xs font-semibold text-ink-3">{t('search.help.narrow')}</h2>
      <ul>
        {EXAMPLES.map(([operator, example]) => (
          <li key={operator}>
            <button
              type="button"
              onClick={() => onInsert(`${operator}:`)}
              className="grid min-h-9 w-full grid-cols-[minmax(9rem,auto)_1fr] items-center gap-3 rounded-md px-2 py-1 text-start hover:bg-hover pointer-coarse:min-h-11"
            >
              <code className="font-mono text-xs text-accent-ink">{example}</code>
              <span className="text-ink-2">{t(`search.help.${operator}`)}</span>
            </button>
          </li>
        ))}
      </ul>
      <p className="mt-4 max-w-prose text-ink-3">{t('search.help.more')}</p>
    </div>
  )
}
