import type { SimulatedClient, Simulator, SimulatorEntry } from '@parley/protocol/model'
import { useEffect, useMemo, useRef, useState } from 'react'
import { foldConversation, type PhoneMessage } from '../../../data/developer/fold-conversation.ts'
import type { SimulatorActs } from '../../../data/developer/simulator.ts'
import { t } from '../../../i18n/t.ts'
import { Notice } from '../../../parts/Notice.tsx'
import { PhoneBubble } from './PhoneBubble.tsx'
import { PhoneComposer } from './PhoneComposer.tsx'
import { type Quoting, useClientActs } from './use-client-acts.ts'

interface Props {
  simulator: Simulator
  acts: SimulatorActs
  client: SimulatedClient
  entries: readonly SimulatorEntry[]
}

/** The conversation as the client's messenger shows it. */
export function Phone({ simulator, acts, client, entries }: Props) {
  const { messages, typingUntilMs } = useMemo(() => foldConversation(entries, client.id), [entries, client.id])
  const clientActs = useClientActs(simulator, acts, client)
  const [editing, setEditing] = useState<PhoneMessage>()
  const [quoting, setQuoting] = useState<Quoting>()
  const end = useRef<HTMLDivElement>(null)
  const isTyping = useIsBefore(typingUntilMs)
  // biome-ignore lint/correctness/useExhaustiveDependencies: whatever comes at the end is brought into view
  useEffect(() => {
    end.current?.scrollIntoView({ block: 'nearest' })
  }, [messages.length, isTyping])
  return (
    <>
      <div
        role="log"
        aria-label={t('simulator.conversation', { name: client.name })}
        className="flex min-h-0 flex-1 flex-col gap-1.5 overflow-y-auto bg-sunken p-3"
      >
        {messages.length === 0 && <Notice title={t('simulator.empty')} hint={t('simulator.emptyHint')} />}
        {messages.map((message) => (
          <PhoneBubble
            key={message.id}
            message={message}
            acts={clientActs}
            onEdit={() => setEditing(message)}
            onQuote={(how) => setQuoting({ message, how })}
          />
        ))}
        {isTyping && <p className="text-xs text-ink-3">{t('simulator.typing')}</p>}
        <div ref={end} />
      </div>
      <PhoneComposer
        key={editing?.id ?? 'new'}
        simulator={simulator}
        acts={clientActs}
        editing={editing}
        quoting={quoting}
        onDone={() => {
          setEditing(undefined)
          setQuoting(undefined)
        }}
      />
    </>
  )
}

/** True until the moment has come. */
function useIsBefore(untilMs: number): boolean {
  const [, setTick] = useState(0)
  const leftMs = untilMs - Date.now()
  useEffect(() => {
    if (leftMs <= 0) return
    const timer = setTimeout(() => setTick((tick) => tick + 1), leftMs)
    return () => clearTimeout(timer)
  }, [leftMs])
  return leftMs > 0
}
