import { clsx } from 'clsx'
import { lazy, memo, Suspense, useRef, useState } from 'react'
import { useMe } from '../../data/queries.ts'
import { DeliveryNote } from './DeliveryNote.tsx'
import { Bubble } from './message/Bubble.tsx'
import { Buttons } from './message/Buttons.tsx'
import { Reactions } from './message/Reactions.tsx'
import { hasActions, useThreadTools } from './message/thread-tools.ts'
import { useLongPress } from './message/use-long-press.ts'
import { useReact } from './message/use-react.ts'
import type { ShownMessage } from './shown-messages.ts'
import { leadOf, type MessageThreadRow } from './thread-rows.ts'

/** Of a row that was looked for. */
export const HIT_ROW = 'bg-accent-soft shadow-[inset_3px_0_0_var(--accent)] pb-1'

/** Nothing of a conversation waits for what can be done with it. */
const Actions = lazy(() => import('./message/Actions.tsx').then((module) => ({ default: module.Actions })))

interface Props {
  row: MessageThreadRow
  isFlashed: boolean
  /** It was looked for. */
  isHit: boolean
  /** Its actions are reached by Tab. */
  isTabStop: boolean
}

export const MessageRow = memo(function MessageRow({ row, isFlashed, isHit, isTabStop }: Props) {
  const message = leadOf(row.messages)
  const isOut = message.direction === 'out'
  return (
    <div
      aria-current={isHit || undefined}
      className={clsx(
        'flex px-6 max-md:px-3',
        isHit && HIT_ROW,
        isOut ? 'justify-end' : 'justify-start',
        row.isFirst ? 'pt-2' : 'pt-[3px]',
      )}
    >
      <div
        className={clsx(
          'flex max-w-[min(78%,560px)] min-w-0 flex-col max-md:max-w-[86%]',
          isOut ? 'items-end' : 'items-start',
        )}
      >
        {row.isFirst && isOut && <Author message={message} />}
        <Said row={row} message={message} isFlashed={isFlashed} isTabStop={isTabStop} />
        {row.messages.map((one) => (
          <DeliveryNote key={one.id} message={one} />
        ))}
      </div>
    </div>
  )
}, isSame)

/** Rows are made anew with every event; most of them are what they were. */
function isSame(a: Props, b: Props): boolean {
  return (
    a.isFlashed === b.isFlashed &&
    a.isTabStop === b.isTabStop &&
    a.isHit === b.isHit &&
    a.row.isFirst === b.row.isFirst &&
    a.row.isLast === b.row.isLast &&
    a.row.messages.length === b.row.messages.length &&
    a.row.messages.every((message, index) => message === b.row.messages[index])
  )
}

/** The bubble, what can be done with it, and what people gave it. */
function Said({ row, message, isFlashed, isTabStop }: Omit<Props, 'isHit'> & { message: ShownMessage }) {
  const { can } = useThreadTools()
  const root = useRef<HTMLDivElement>(null)
  const [isNear, setNear] = useState(false)
  const { isHeld, handlers, release } = useLongPress(root)
  const reacting = useReact(message)
  return (
    <>
      <div
        ref={root}
        {...handlers}
        // Only drawn where the pointer is: most of a conversation is never pointed at.
        onPointerEnter={({ pointerType }) => pointerType !== 'touch' && setNear(true)}
        className="group relative max-w-full min-w-0 pointer-coarse:select-none"
      >
        <Bubble row={row} message={message} isFlashed={isFlashed} />
        {(isTabStop || isNear || isHeld) && hasActions(message, can) && (
          <Suspense>
            <Actions message={message} reacting={reacting} isTabStop={isTabStop} isHeld={isHeld} onDone={release} />
          </Suspense>
        )}
        {message.buttons && message.buttons.length > 0 && <Buttons rows={message.buttons} />}
      </div>
      <Reactions message={message} reacting={reacting} />
    </>
  )
}

/** A colleague's or a bot's name; one's own replies need none, and the client's name heads the thread. */
function Author({ message }: { message: ShownMessage }) {
  const me = useMe()
  if (message.author.kind === 'user' && message.author.id === me.user.amojoId) return null
  return (
    <span dir="auto" aria-hidden="true" className="mb-0.5 px-1 text-2xs text-ink-3">
      {message.author.name}
    </span>
  )
}
