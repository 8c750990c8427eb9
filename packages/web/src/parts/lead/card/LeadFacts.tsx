import type { CustomField, Lead, UserId } from '@parley/protocol/model'
import { useQueryClient } from '@tanstack/react-query'
import { useId } from 'react'
import { useLossReasons } from '../../../data/board/board-queries.ts'
import { useLeadFields } from '../../../data/board/fields.ts'
import { mayAct } from '../../../data/board/rights.ts'
import { useUsers } from '../../../data/board/users.ts'
import type { HeldDetails } from '../../../data/lead/apply-to-details.ts'
import { changeField, changeOwnField } from '../../../data/lead/change.ts'
import { useMe } from '../../../data/queries.ts'
import { t } from '../../../i18n/t.ts'
import { ChannelMark } from '../../ChannelMark.tsx'
import { FieldValueEdit } from '../../fields/FieldValueEdit.tsx'
import { NumberEdit } from '../../fields/NumberEdit.tsx'
import { format, money } from '../../format.ts'
import { groupBy } from '../../group-by.ts'
import { InlineEdit } from '../../InlineEdit.tsx'
import { SaveLine } from '../../SaveLine.tsx'
import { Select } from '../../Select.tsx'
import { UserAvatar } from '../../UserAvatar.tsx'
import { useValueEdit } from '../../use-value-edit.ts'
import { IncomingCard } from '../IncomingCard.tsx'
import { LeadPeople } from './LeadPeople.tsx'
import { LeadTags } from './LeadTags.tsx'
import { LeadTasks } from './LeadTasks.tsx'
import { Line, Part } from './Part.tsx'
import { StagePart } from './StagePart.tsx'
import { useChangedBy } from './use-changed-by.ts'

interface Props {
  lead: HeldDetails
  /** Another conversation opens: what lies over it should go. */
  onLeave: () => void
}

/** What a lead is: its name, worth, place, tasks, fields and people, each changed where it stands. */
export function LeadFacts({ lead, onLeave }: Props) {
  const me = useMe()
  const isReadOnly = !mayAct(me, 'edit', lead)
  const facts = { lead, isReadOnly }
  return (
    <div className="text-sm">
      <div className="px-4 pt-3 pb-3">
        <Head {...facts} />
        {lead.isIncoming && !isReadOnly ? <IncomingCard lead={lead} /> : <StagePart {...facts} />}
        {lead.lossReason !== null || lead.stage.kind === 'lost' ? <Loss {...facts} /> : null}
        <LeadTags {...facts} />
      </div>
      {isReadOnly && (
        <p className="border-t border-line bg-sunken px-4 py-2 text-xs text-ink-2">{t('card.readOnly')}</p>
      )}
      <LeadTasks lead={lead} />
      <LeadPeople {...facts} onLeave={onLeave} />
      <Details {...facts} />
      <OwnFields {...facts} />
    </div>
  )
}

interface FactsProps {
  lead: HeldDetails
  isReadOnly: boolean
}

function Head({ lead, isReadOnly }: FactsProps) {
  const client = useQueryClient()
  const { account } = useMe()
  const changed = useChangedBy(lead)
  return (
    <>
      <InlineEdit
        label={t('card.title')}
        value={lead.title}
        onSave={(value, was) => changeField(client, lead.id, 'title', value, was)}
        changed={changed}
        isReadOnly={isReadOnly}
        className="text-lg font-semibold tracking-[-.01em]"
      />
      <NumberEdit
        label={t('lead.price')}
        value={lead.price === 0 ? null : lead.price}
        {...(lead.price > 0 && { shown: money(lead.price, account.currency) })}
        onSave={(value, was) => changeField(client, lead.id, 'price', value ?? 0, was ?? 0)}
        changed={changed}
        isWhole
        isReadOnly={isReadOnly}
        placeholder={t('card.noPrice')}
        className="tnum text-xl font-semibold tracking-[-.02em]"
      />
    </>
  )
}

/** Why it was lost; may be said afterwards, too. */
function Loss({ lead, isReadOnly }: FactsProps) {
  const client = useQueryClient()
  const id = useId()
  const reasons = useLossReasons()
  const edit = useValueEdit<number | null>({
    value: lead.lossReason?.id ?? null,
    onSave: (value, was) => changeField(client, lead.id, 'lossReasonId', value, was),
  })
  if (isReadOnly) return lead.lossReason && <p className="mt-1.5 text-ink-2">{lead.lossReason.name}</p>
  const options = (reasons.data?.items ?? []).map((reason) => ({ value: String(reason.id), label: reason.name }))
  return (
    <div className="relative mt-1.5">
      <Select
        label={t('lead.lossReason')}
        isLabelHidden
        look="inline"
        placeholder={t('lead.noReason')}
        options={[{ value: NOBODY, label: t('lead.noReason') }, ...options]}
        value={edit.draft === null ? NOBODY : String(edit.draft)}
        onChange={(value) => edit.choose(value === NOBODY ? null : Number(value))}
      />
      <SaveLine id={id} edit={edit} />
    </div>
  )
}

function Details({ lead, isReadOnly }: FactsProps) {
  const { source } = lead
  return (
    <Part title={t('lead.details')}>
      <dl>
        <Line name={t('lead.responsible')}>
          {isReadOnly ? <Shown responsible={lead.responsible} /> : <Responsible lead={lead} />}
        </Line>
        <Line name={t('lead.pipeline')}>
          <bdi className="[overflow-wrap:anywhere]">{lead.pipeline.name}</bdi>
        </Line>
        <Line name={t('lead.source')}>
          {source ? (
            <span className="flex items-start gap-1.5">
              <span className="mt-0.5">
                <ChannelMark channel={{ code: source.channelCode, title: source.channelTitle }} size={15} />
              </span>
              <span className="min-w-0 [overflow-wrap:anywhere]">
                <bdi>{source.channelTitle}</bdi>
                {source.externalId !== null && (
                  <span className="text-ink-3">
                    {' · '}
                    <bdi>{source.externalId}</bdi>
                  </span>
                )}
              </span>
            </span>
          ) : (
            <span className="text-ink-3">{t('lead.unset')}</span>
          )}
        </Line>
        <Line name={t('lead.created')}>
          <time
            dateTime={new Date(lead.createdAt).toISOString()}
            title={format.fullTime(lead.createdAt)}
            className="tnum"
          >
            {format.date(lead.createdAt)}
          </time>
        </Line>
      </dl>
    </Part>
  )
}

const NOBODY = 'nobody'

function Shown({ responsible }: Pick<Lead, 'responsible'>) {
  if (!responsible) return <span className="text-ink-3">{t('card.nobody')}</span>
  return (
    <span className="flex items-center gap-1.5">
      <UserAvatar user={responsible} size={18} />
      <bdi className="truncate">{responsible.name}</bdi>
    </span>
  )
}

function Responsible({ lead }: { lead: HeldDetails }) {
  const client = useQueryClient()
  const id = useId()
  const users = useUsers()
  const edit = useValueEdit<number | null>({
    value: lead.responsible?.id ?? null,
    onSave: (value, was) => changeField(client, lead.id, 'responsibleUserId', value, was),
  })
  // One who was switched off is still the one it is.
  const known = users.some((user) => user.id === lead.responsible?.id)
  const people = known || !lead.responsible ? users : [lead.responsible, ...users]
  return (
    <div className="relative min-w-0">
      <Select
        label={t('lead.responsible')}
        isLabelHidden
        look="inline"
        options={[
          { value: NOBODY, label: t('card.nobody') },
          ...people.map((user) => ({
            value: String(user.id),
            label: user.name,
            icon: <UserAvatar user={{ id: user.id as UserId, name: user.name }} size={18} />,
          })),
        ]}
        value={edit.draft === null ? NOBODY : String(edit.draft)}
        onChange={(value) => edit.choose(value === NOBODY ? null : Number(value))}
      />
      <SaveLine id={id} edit={edit} />
    </div>
  )
}

/** The account's own fields, under their headings; those without one first. */
function OwnFields({ lead, isReadOnly }: FactsProps) {
  const fields = useLeadFields()
  return groupBy(bySection(fields), ({ section }) => section ?? undefined).map(([section, members]) => (
    <Part key={section ?? ''} title={section ?? t('card.fields')}>
      <dl>
        {members.map((field) => (
          <Line key={field.id} name={field.name}>
            <OwnField field={field} lead={lead} isReadOnly={isReadOnly} />
          </Line>
        ))}
      </dl>
    </Part>
  ))
}

/** In their order, those of one heading together. */
function bySection(fields: readonly CustomField[]): CustomField[] {
  const headings = [null, ...new Set(fields.flatMap(({ section }) => section ?? []))]
  return headings.flatMap((heading) => fields.filter(({ section }) => section === heading))
}

function OwnField({ field, lead, isReadOnly }: FactsProps & { field: CustomField }) {
  const client = useQueryClient()
  const changed = useChangedBy(lead)
  return (
    <FieldValueEdit
      field={field}
      value={lead.fields[field.id] ?? null}
      onSave={(value, was) => changeOwnField(client, lead.id, field.id, value, was)}
      changed={changed}
      isReadOnly={isReadOnly}
    />
  )
}
