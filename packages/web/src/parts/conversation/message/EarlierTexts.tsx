import { Popover } from '@base-ui/react/popover'
import type { EarlierText } from '@parley/protocol/model'
import { useQuery } from '@tanstack/react-query'
import { listEdits } from '../../../data/endpoints.ts'
import { keys } from '../../../data/query-keys.ts'
import { t } from '../../../i18n/t.ts'
import { format } from '../../../parts/format.ts'
import { POPUP } from '../../../parts/menu-classes.ts'
import { ProblemLine } from '../../../parts/Notice.tsx'
import { RichText } from '../../../parts/RichText.tsx'
import type { Layer } from '../../../parts/use-layer.ts'
import type { ShownMessage } from '../shown-messages.ts'

interface Props {
  layer: Layer
  message: ShownMessage
  editedAt: number
}

/** What a message was before its edits. */
export function EarlierTexts({ layer, message, editedAt }: Props) {
  return (
    <Popover.Root open={layer.isOpen} onOpenChange={layer.change}>
      <Popover.Portal container={document.getElementById('main')}>
        <Popover.Positioner anchor={layer.anchor} sideOffset={6} collisionPadding={8} className="z-40">
          <Popover.Popup
            finalFocus={layer.anchor}
            className={`${POPUP} max-h-80 w-[min(340px,calc(100vw-16px))] overflow-y-auto p-3`}
          >
            <Popover.Title className="mb-1.5 text-xs font-semibold text-ink-2">
              {t('message.earlierTexts')}
            </Popover.Title>
            <List message={message} editedAt={editedAt} />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  )
}

function List({ message: { chatId, id }, editedAt }: Pick<Props, 'message' | 'editedAt'>) {
  const query = useQuery({ queryKey: keys.edits(id, editedAt), queryFn: ({ signal }) => listEdits(chatId, id, signal) })
  if (query.isPending) {
    return (
      <p role="status" className="text-sm text-ink-3">
        {t('message.earlierLoading')}
      </p>
    )
  }
  if (query.isError) return <ProblemLine title={t('message.earlierFailed')} onRetry={() => void query.refetch()} />
  if (query.data.items.length === 0) return <p className="text-sm text-ink-3">{t('message.earlierNone')}</p>
  const newestFirst = [...query.data.items].sort((a, b) => b.replacedAt - a.replacedAt)
  return (
    <ol className="space-y-2">
      {newestFirst.map((earlier) => (
        <Earlier key={earlier.replacedAt} earlier={earlier} />
      ))}
    </ol>
  )
}

function Earlier({ earlier: { kind, text, replacedAt } }: { earlier: EarlierText }) {
  return (
    <li className="rounded-md bg-hover px-2.5 py-1.5 dark:bg-press">
      <p dir="auto" className="text-md whitespace-pre-wrap [overflow-wrap:anywhere]">
        {text === '' ? (
          <span className="text-ink-2 italic">{t('message.earlierEmpty', { kind: t(`kind.${kind}`) })}</span>
        ) : (
          <RichText text={text} />
        )}
      </p>
      <p className="tnum text-2xs text-ink-3 dark:text-ink-2">
        {t('message.replacedAt', { time: format.fullTime(replacedAt) })}
      </p>
    </li>
  )
}
