import { Popover } from '@base-ui/react/popover'
import type { ChannelId, Connection } from '@parley/protocol/model'
import { SendHorizontal } from 'lucide-react'
import { type ComponentProps, type FormEvent, type KeyboardEvent, type ReactNode, useId, useRef } from 'react'
import { isTroubled } from '../../../data/appliers/connections.ts'
import { t } from '../../../i18n/t.ts'
import { Button } from '../../../parts/Button.tsx'
import { ChannelMark } from '../../../parts/ChannelMark.tsx'
import { isComposing } from '../../../parts/is-composing.ts'
import { POPUP } from '../../../parts/menu-classes.ts'
import { ProblemLine, reasonOf } from '../../../parts/Notice.tsx'
import type { Layer } from '../../../parts/use-layer.ts'
import { useNow } from '../../../parts/use-now.ts'
import { describeState } from '../health/troubles.ts'
import type { FirstMessage, Reachable } from './use-write-first.ts'

interface Props {
  layer: Layer
  contact: Reachable
  channels: readonly Connection[]
  first: FirstMessage
  isOffline: boolean
}

const FIELD =
  'w-full rounded-md bg-surface text-sm shadow-[inset_0_0_0_1px_var(--line-strong)] outline-none focus-visible:shadow-[inset_0_0_0_1.5px_var(--accent)]'

/** Which line, and what to say. */
export function WriteFirstPopup(props: Props) {
  const { layer, contact } = props
  const field = useRef<HTMLTextAreaElement>(null)
  return (
    <Popover.Root open={layer.isOpen} onOpenChange={layer.change}>
      <Popover.Portal container={document.getElementById('main')}>
        <Popover.Positioner
          anchor={layer.anchor}
          side="bottom"
          align="end"
          sideOffset={8}
          collisionPadding={8}
          className="z-40"
        >
          <Popover.Popup
            initialFocus={field}
            finalFocus={layer.anchor}
            className={`${POPUP} max-h-(--available-height) w-[min(340px,calc(100vw-16px))] overflow-y-auto p-3.5`}
          >
            <Popover.Title dir="auto" className="text-sm font-semibold [overflow-wrap:anywhere]">
              {t('writeFirst.title', { name: contact.name })}
            </Popover.Title>
            <p className="tnum text-xs text-ink-3">
              <bdi>{contact.phone}</bdi>
            </p>
            <Form {...props} field={field} />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  )
}

function Form({ channels, first, isOffline, field }: Props & { field: ComponentProps<'textarea'>['ref'] }) {
  const id = useId()

  function handleSubmit(event: FormEvent) {
    event.preventDefault()
    if (!isOffline) first.submit()
  }
  function handleKeyDown(event: KeyboardEvent<HTMLTextAreaElement>) {
    if (event.key !== 'Enter' || event.shiftKey || isComposing(event)) return
    event.preventDefault()
    event.currentTarget.form?.requestSubmit()
  }

  return (
    <form onSubmit={handleSubmit} className="mt-3 flex flex-col gap-2.5">
      <ChannelField channels={channels} first={first} />
      <SourceField first={first} />
      <div>
        <Label id={id}>{t('writeFirst.message')}</Label>
        <textarea
          ref={field}
          id={id}
          rows={3}
          dir="auto"
          value={first.text}
          onChange={(event) => first.setText(event.target.value)}
          onKeyDown={handleKeyDown}
          className={`${FIELD} block max-h-60 min-h-20 resize-none px-2.5 py-2 text-md [field-sizing:content]`}
        />
      </div>
      {first.error && (
        <p role="alert" className="text-xs text-bad [overflow-wrap:anywhere]">
          {t('writeFirst.failed', { reason: reasonOf(first.error) })}
        </p>
      )}
      {isOffline && <p className="text-xs text-warn">{t('writeFirst.offline')}</p>}
      <Button type="submit" look="primary" aria-disabled={first.isBlocked || isOffline} className="self-end">
        {t(first.isSending ? 'writeFirst.sending' : 'writeFirst.send')}
        <SendHorizontal size={15} aria-hidden="true" />
      </Button>
    </form>
  )
}

/** A choice where there is one, and what to know of the channel before one writes. */
function ChannelField({ channels, first }: Pick<Props, 'channels' | 'first'>) {
  const id = useId()
  const now = useNow()
  const { channel } = first
  return (
    <div>
      {channels.length > 1 ? (
        <Select id={id} label={t('writeFirst.channel')} value={channel.channelId} onChoose={first.setChannel}>
          {channels.map(({ channelId, title }) => (
            <option key={channelId} value={channelId}>
              {title}
            </option>
          ))}
        </Select>
      ) : (
        <p className="flex items-center gap-1.5 text-xs text-ink-2">
          <ChannelMark channel={channel} size={15} />
          <bdi className="truncate">{t('composer.via', { channel: channel.title })}</bdi>
        </p>
      )}
      {isTroubled(channel) && (
        <p dir="auto" className="mt-1 text-xs text-warn [overflow-wrap:anywhere]">
          {describeState(channel, now)}
        </p>
      )}
    </div>
  )
}

function SourceField({ first }: Pick<Props, 'first'>) {
  const id = useId()
  const { sources, source } = first
  if (sources.isError && !sources.data)
    return <ProblemLine title={t('writeFirst.sourcesFailed')} onRetry={() => void sources.refetch()} />
  if (!source) return null
  return (
    <Select id={id} label={t('writeFirst.source')} value={source.externalId} onChoose={first.setSource}>
      {sources.data?.items.map(({ externalId, name }) => (
        <option key={externalId} value={externalId}>
          {name}
        </option>
      ))}
    </Select>
  )
}

interface SelectProps<Value extends string> {
  id: string
  label: string
  value: Value
  onChoose: (value: Value) => void
  children: ReactNode
}

function Select<Value extends string = ChannelId>({ id, label, value, onChoose, children }: SelectProps<Value>) {
  return (
    <div>
      <Label id={id}>{label}</Label>
      <select
        id={id}
        value={value}
        onChange={(event) => onChoose(event.target.value as Value)}
        className={`${FIELD} h-8 px-2 pointer-coarse:h-10`}
      >
        {children}
      </select>
    </div>
  )
}

function Label({ id, children }: { id: string; children: ReactNode }) {
  return (
    <label htmlFor={id} className="mb-1 block text-xs font-medium text-ink-2">
      {children}
    </label>
  )
}
