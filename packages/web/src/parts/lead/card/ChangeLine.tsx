import type { FieldValue, LeadChange } from '@parley/protocol/model'
import { useMe } from '../../../data/queries.ts'
import { t, tNodes } from '../../../i18n/t.ts'
import { showFieldValue } from '../../fields/show-value.ts'
import { money } from '../../format.ts'

/** One line of the history, as a sentence: who changed what, from what to what. */
export function ChangeLine({ change }: { change: LeadChange }) {
  const { account } = useMe()
  const who = change.by?.name ?? t('card.rule')
  const [before, after] = [
    shownOf(change, change.before, account.currency),
    shownOf(change, change.after, account.currency),
  ]
  const name = change.name ?? t('card.goneField')
  const part = (text: string | undefined) => <bdi className="font-medium text-ink-2">{text ?? t('card.nothing')}</bdi>
  switch (change.field) {
    case 'tags':
      return <Came who={who} change={change} added="card.change.tagsAdded" removed="card.change.tagsRemoved" />
    case 'contacts':
      return <Came who={who} change={change} added="card.change.contactsAdded" removed="card.change.contactsRemoved" />
    case 'linked_lead':
      return tNodes('card.change.linked', { who: <bdi>{who}</bdi>, title: part(after) })
    case 'field':
      return tNodes('card.change.field', {
        who: <bdi>{who}</bdi>,
        field: <bdi>{name}</bdi>,
        before: part(before),
        after: part(after),
      })
    default: {
      const field = KNOWN.find((one) => one === change.field)
      if (!field) return tNodes('card.change.other', { who: <bdi>{who}</bdi> })
      return tNodes(`card.change.${field}`, { who: <bdi>{who}</bdi>, before: part(before), after: part(after) })
    }
  }
}

const KNOWN = ['title', 'price', 'responsible', 'pipeline', 'stage', 'contact', 'lossReason'] as const

function shownOf(change: LeadChange, value: FieldValue | string[] | null, currency: string): string | undefined {
  if (value === null) return undefined
  if (change.field === 'price') return Number(value) === 0 ? undefined : money(Number(value), currency)
  return showFieldValue(value, { type: change.type ?? 'text', currency })
}

interface CameProps {
  who: string
  change: LeadChange
  added: 'card.change.tagsAdded' | 'card.change.contactsAdded'
  removed: 'card.change.tagsRemoved' | 'card.change.contactsRemoved'
}

/** What came and what went. */
function Came({ who, change, added, removed }: CameProps) {
  const { account } = useMe()
  const [gone, come] = [
    shownOf(change, change.before, account.currency),
    shownOf(change, change.after, account.currency),
  ]
  const say = (key: CameProps['added'] | CameProps['removed'], names: string) =>
    tNodes(key, { who: <bdi>{who}</bdi>, names: <bdi className="font-medium text-ink-2">{names}</bdi> })
  return (
    <>
      {come !== undefined && say(added, come)}
      {come !== undefined && gone !== undefined && ' '}
      {gone !== undefined && say(removed, gone)}
      {come === undefined && gone === undefined && tNodes('card.change.other', { who: <bdi>{who}</bdi> })}
    </>
  )
}
