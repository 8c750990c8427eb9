import type { ContactRow } from '@parley/protocol/model'
import { useQueryClient } from '@tanstack/react-query'
import { ArrowLeftRight } from 'lucide-react'
import { type FormEvent, useId, useState } from 'react'
import { useFields } from '../../data/board/fields.ts'
import { useMe } from '../../data/queries.ts'
import { t } from '../../i18n/t.ts'
import { Button } from '../Button.tsx'
import { ContactAvatar } from '../ContactAvatar.tsx'
import { Dialog } from '../Dialog.tsx'
import { showCustomField } from '../fields/show-value.ts'
import { reasonOf } from '../Notice.tsx'
import { mergeWithUndo } from './act-on-contact.ts'
import { type MergeLine, mergeLines, type Side, toChoose } from './merge-lines.ts'

interface Props {
  /** The first stays, unless they are swapped; null: closed. */
  pair: readonly [ContactRow, ContactRow] | null
  onClose: () => void
  onMerged?: (contact: ContactRow) => void
}

/** Two contacts side by side, and whose value stays, field by field. */
export function MergeDialog({ pair, onClose, onMerged }: Props) {
  const id = useId()
  const [isBusy, setBusy] = useState(false)
  return (
    <Dialog
      isOpen={pair !== null}
      onClose={onClose}
      size="lg"
      isKept
      title={t('merge.title')}
      description={t('merge.hint')}
      footer={
        <>
          <Button onClick={onClose}>{t('parts.cancel')}</Button>
          <Button look="primary" type="submit" form={id} disabled={isBusy}>
            {t('merge.merge')}
          </Button>
        </>
      }
    >
      {pair && <Form key={`${pair[0].id} ${pair[1].id}`} {...{ id, pair, onClose, onMerged, setBusy }} />}
    </Dialog>
  )
}

interface FormProps extends Pick<Props, 'onClose'> {
  id: string
  pair: readonly [ContactRow, ContactRow]
  onMerged: Props['onMerged']
  setBusy: (isBusy: boolean) => void
}

function Form({ id, pair, onClose, onMerged, setBusy }: FormProps) {
  const client = useQueryClient()
  const [isSwapped, setSwapped] = useState(false)
  const [chosen, setChosen] = useState<Readonly<Record<string, Side>>>({})
  const [error, setError] = useState<unknown>()
  const [mine, theirs] = isSwapped ? [pair[1], pair[0]] : pair
  const lines = mergeLines(mine, theirs, useFields('contact'))

  async function merge(event: FormEvent) {
    event.preventDefault()
    setBusy(true)
    setError(undefined)
    try {
      const wish = { otherId: theirs.id, name: theirs.name, choose: toChoose(lines, chosen) }
      const contact = await mergeWithUndo(client, mine, wish)
      onClose()
      onMerged?.(contact)
    } catch (refused) {
      setError(refused)
    } finally {
      setBusy(false)
    }
  }
  function swap() {
    setSwapped(!isSwapped)
    const other = { mine: 'theirs', theirs: 'mine' } as const
    setChosen(Object.fromEntries(Object.entries(chosen).map(([key, side]) => [key, other[side]])))
  }

  return (
    <form id={id} onSubmit={(event) => void merge(event)} className="@container grid gap-1 text-sm">
      <div className="grid grid-cols-[1fr_auto_1fr] items-center gap-2 pb-2">
        <Who contact={mine} says={t('merge.stays')} />
        <Button size="sm" look="ghost" onClick={swap} aria-label={t('merge.swap')}>
          <ArrowLeftRight size={15} aria-hidden="true" />
        </Button>
        <Who contact={theirs} says={t('merge.goes')} />
      </div>
      {lines.map((line) => (
        <Line
          key={line.key}
          line={line}
          side={chosen[line.key] ?? 'mine'}
          onChange={(side) => setChosen({ ...chosen, [line.key]: side })}
        />
      ))}
      <Both
        name={t('merge.points')}
        values={[mine, theirs].flatMap(({ points }) => points.map(({ value }) => value))}
      />
      <Both name={t('contacts.tags')} values={[mine, theirs].flatMap(({ tags }) => tags.map(({ name }) => name))} />
      <p className="pt-2 text-ink-3 text-pretty">{t('merge.rest')}</p>
      {error !== undefined && (
        <p role="alert" className="rounded-md bg-bad-soft px-3 py-2 text-bad">
          {`${reasonOf(error)}.`}
        </p>
      )}
    </form>
  )
}

function Who({ contact, says }: { contact: ContactRow; says: string }) {
  return (
    <p className="flex min-w-0 items-center gap-2">
      <ContactAvatar contact={contact} size={28} />
      <span className="min-w-0">
        <bdi className="block truncate font-semibold">{contact.name}</bdi>
        <span className="block truncate text-xs text-ink-3">{says}</span>
      </span>
    </p>
  )
}

interface LineProps {
  line: MergeLine
  side: Side
  onChange: (side: Side) => void
}

/** One value of each, to choose from where they differ. */
function Line({ line, side, onChange }: LineProps) {
  const { topic, mine, theirs, isChoice } = line
  const { account } = useMe()
  const title = typeof topic === 'object' ? topic.name : t(`merge.topic.${topic}`)
  const show = (value: MergeLine['mine']) =>
    typeof topic === 'object'
      ? showCustomField(topic, value, account.currency)
      : value === null
        ? undefined
        : String(value)
  if (!isChoice) return <Both name={title} values={[show(mine) ?? show(theirs) ?? '']} />
  return (
    <fieldset className="min-w-0 border-t border-line pt-2">
      <legend className="sr-only">{title}</legend>
      <span aria-hidden="true" className="text-xs font-medium text-ink-2">
        {title}
      </span>
      <div className="grid grid-cols-2 gap-2 pt-1 pb-2">
        <Choice name={line.key} text={show(mine)} isChosen={side === 'mine'} onChoose={() => onChange('mine')} />
        <Choice name={line.key} text={show(theirs)} isChosen={side === 'theirs'} onChoose={() => onChange('theirs')} />
      </div>
    </fieldset>
  )
}

interface ChoiceProps {
  name: string
  text: string | undefined
  isChosen: boolean
  onChoose: () => void
}

function Choice({ name, text, isChosen, onChoose }: ChoiceProps) {
  return (
    <label className="flex min-h-9 min-w-0 cursor-pointer items-center gap-2 rounded-md px-2.5 py-1.5 shadow-[inset_0_0_0_1px_var(--line-strong)] hover:bg-hover has-checked:bg-accent-soft has-checked:shadow-[inset_0_0_0_1.5px_var(--accent)] has-focus-visible:outline-2 has-focus-visible:outline-accent pointer-coarse:min-h-11">
      <input
        type="radio"
        name={name}
        checked={isChosen}
        onChange={onChoose}
        className="size-4 shrink-0 accent-(--accent) outline-none"
      />
      <bdi className="min-w-0 [overflow-wrap:anywhere]">{text ?? '—'}</bdi>
    </label>
  )
}

/** What is kept of both, or is the same. */
function Both({ name, values }: { name: string; values: readonly string[] }) {
  const distinct = [...new Set(values)]
  if (distinct.length === 0) return null
  return (
    <p className="border-t border-line py-2">
      <span className="block text-xs font-medium text-ink-2">{name}</span>
      <bdi className="[overflow-wrap:anywhere]">{distinct.join(' · ')}</bdi>
    </p>
  )
}
