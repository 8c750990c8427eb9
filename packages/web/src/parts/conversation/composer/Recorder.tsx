import type { Chat } from '@parley/protocol/model'
import { SendHorizontal, Trash2 } from 'lucide-react'
import { type KeyboardEvent, useEffect, useRef } from 'react'
import { newMessageId } from '../../../data/new-id.ts'
import { t } from '../../../i18n/t.ts'
import { Button } from '../../../parts/Button.tsx'
import { IconButton } from '../../../parts/IconButton.tsx'
import { playTime } from '../../../parts/play-time.ts'
import { attachFiles } from './attach-files.ts'
import type { Recorded } from './record-voice.ts'
import { findProblem } from './tray.ts'
import { BARS, useRecording } from './use-recording.ts'
import type { ReplyState } from './use-reply.ts'

interface Props {
  chat: Chat
  reply: ReplyState
  onEnd: () => void
}

/** Takes the field's place while somebody speaks. Esc throws it away, Enter sends it. */
export function Recorder({ chat, reply, onEnd }: Props) {
  const root = useRef<HTMLDivElement>(null)
  const sendButton = useRef<HTMLButtonElement>(null)
  const recording = useRecording(keep)
  const { isRunning } = recording

  // The button that began it is gone, and the one that ends it waits for the microphone.
  useEffect(() => (isRunning ? sendButton : root).current?.focus(), [isRunning])

  /** Somebody went to another conversation in the middle of it: it waits in the tray. */
  function keep(recorded: Recorded) {
    if (reply.place) attachFiles(reply.place, [recorded.file], factsOf(recorded))
  }

  async function send() {
    const recorded = await recording.finish()
    onEnd()
    if (!recorded) return
    const problem = findProblem(recorded.file, {
      title: chat.channel.title,
      maxFileBytes: chat.channel.can.maxFileBytes,
    })
    // The tray says what is wrong with it.
    if (problem !== undefined) return keep(recorded)
    reply.sendFile({ key: newMessageId(), blob: recorded.file, name: recorded.file.name, ...factsOf(recorded) })
  }

  function cancel() {
    recording.cancel()
    onEnd()
  }

  function handleKeyDown(event: KeyboardEvent) {
    if (event.key !== 'Escape') return
    event.preventDefault()
    event.stopPropagation()
    cancel()
  }

  if (recording.problem !== undefined) return <Trouble reason={recording.problem} onClose={onEnd} />
  const { elapsedMs, levels, isFull } = recording
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring a look of its own
    <div
      ref={root}
      role="group"
      tabIndex={-1}
      aria-label={t('voice.recording')}
      onKeyDown={handleKeyDown}
      className="flex min-h-[100px] flex-col justify-end outline-none"
    >
      <div className="flex flex-1 items-center gap-3 px-3.5">
        <span aria-hidden="true" className="size-2.5 shrink-0 animate-pulse rounded-full bg-bad" />
        <span role="timer" className="tnum w-12 shrink-0 text-md font-medium">
          {playTime(elapsedMs)}
        </span>
        <Levels levels={levels} />
      </div>
      <div className="flex items-center gap-2 px-1.5 pb-1.5">
        <IconButton label={t('voice.cancel')} keys="Esc" side="top" onClick={cancel}>
          <Trash2 aria-hidden="true" />
        </IconButton>
        <span role="status" className="min-w-0 flex-1 truncate text-2xs text-ink-3">
          {t(isFull ? 'voice.full' : 'voice.recording')}
        </span>
        <Button ref={sendButton} look="primary" disabled={!isRunning} onClick={() => void send()}>
          {t('voice.send')}
          <SendHorizontal size={15} aria-hidden="true" />
        </Button>
      </div>
    </div>
  )
}

const factsOf = ({ durationMs, peaks }: Recorded) => ({ as: 'voice' as const, durationMs, peaks })

/** The last seconds, newest at the end. */
function Levels({ levels }: { levels: readonly number[] }) {
  return (
    <span aria-hidden="true" className="flex h-8 min-w-0 flex-1 items-center justify-end gap-[2px] overflow-hidden">
      {Array.from({ length: BARS }, (_, index) => (
        <span
          // biome-ignore lint/suspicious/noArrayIndexKey: the bars stand still, their heights wander
          key={index}
          className="h-full w-[3px] shrink-0 rounded-full bg-accent"
          style={{ transform: `scaleY(${Math.max(0.08, levels[levels.length - BARS + index] ?? 0)})` }}
        />
      ))}
    </span>
  )
}

function Trouble({ reason, onClose }: { reason: string; onClose: () => void }) {
  return (
    <div className="flex min-h-[100px] flex-col items-start justify-center gap-2 px-3.5 py-3">
      <p role="alert" className="max-w-140 text-sm text-ink-2">
        {reason}
      </p>
      <Button size="sm" autoFocus onClick={onClose}>
        {t('voice.back')}
      </Button>
    </div>
  )
}
