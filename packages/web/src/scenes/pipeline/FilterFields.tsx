import type { Pipeline } from '@parley/protocol/model'
import { idsOf, idsText } from '../../data/board/board-search.ts'
import { useTags } from '../../data/board/tags.ts'
import { useUsers } from '../../data/board/users.ts'
import { useConnections } from '../../data/connections.ts'
import { useMe } from '../../data/queries.ts'
import { t } from '../../i18n/t.ts'
import { Checkbox } from '../../parts/Checkbox.tsx'
import type { ComboOption } from '../../parts/combobox-options.ts'
import { DateTimeField } from '../../parts/DateTimeField.tsx'
import { MultiCombobox } from '../../parts/MultiCombobox.tsx'
import { NumberField } from '../../parts/NumberField.tsx'
import { Select } from '../../parts/Select.tsx'
import { useBoardSearch } from './use-board-search.ts'

interface Props {
  pipeline: Pipeline
  hasStages: boolean
}

const NOBODY = 'none'
const ANY = ''

export function FilterFields({ pipeline, hasStages }: Props) {
  const { search, change } = useBoardSearch()
  const users = useUsers()
  const tags = useTags()
  const people = [{ value: NOBODY, label: t('pipeline.nobody') }, ...users.map(toOption)]
  return (
    <div className="flex flex-col gap-3">
      <Several
        label={t('lead.responsible')}
        options={people}
        value={search.responsible}
        onChange={(responsible) => change({ responsible })}
      />
      {tags.length > 0 && (
        <Several
          label={t('pipeline.tags')}
          options={tags.map(toOption)}
          value={search.tag}
          onChange={(tag) => change({ tag })}
        />
      )}
      {hasStages && (
        <Several
          label={t('pipeline.stages')}
          options={pipeline.stages.map(toOption)}
          value={search.stage}
          onChange={(stage) => change({ stage })}
        />
      )}
      <ChannelField />
      <div className="grid grid-cols-2 gap-2">
        <DateTimeField
          kind="date"
          label={t('pipeline.from')}
          value={search.from ?? ''}
          {...(search.to && { max: search.to })}
          onChange={(from) => change({ from: from || undefined })}
        />
        <DateTimeField
          kind="date"
          label={t('pipeline.to')}
          value={search.to ?? ''}
          {...(search.from && { min: search.from })}
          onChange={(to) => change({ to: to || undefined })}
        />
      </div>
      <AmountFields />
      <Checkbox
        label={t('pipeline.noTaskLong')}
        isChecked={search.noTask === true}
        onChange={(isChecked) => change({ noTask: isChecked || undefined })}
      />
    </div>
  )
}

const toOption = ({ id, name }: { id: number; name: string }): ComboOption => ({ value: String(id), label: name })

interface SeveralProps {
  label: string
  options: readonly ComboOption[]
  value: string | number | undefined
  onChange: (value: string | number | undefined) => void
}

function Several({ label, options, value, onChange }: SeveralProps) {
  const chosen = (idsOf(value) ?? []).map((id) => String(id ?? NOBODY))
  return (
    <MultiCombobox
      label={label}
      options={options}
      value={options.filter((option) => chosen.includes(option.value))}
      onChange={(next) =>
        onChange(idsText(next.map((option) => (option.value === NOBODY ? null : Number(option.value)))))
      }
    />
  )
}

function ChannelField() {
  const { search, change } = useBoardSearch()
  const channels = useConnections() ?? []
  if (channels.length === 0) return null
  return (
    <Select
      label={t('pipeline.channel')}
      options={[
        { value: ANY, label: t('pipeline.anyChannel') },
        ...channels.map(({ channelId, title }) => ({ value: channelId as string, label: title })),
      ]}
      value={search.channel ?? ANY}
      onChange={(channel) => change({ channel: channel === ANY ? undefined : channel, source: undefined })}
    />
  )
}

function AmountFields() {
  const { search, change } = useBoardSearch()
  const { account } = useMe()
  const format = { style: 'currency', currency: account.currency, maximumFractionDigits: 0 } as const
  return (
    <div className="grid grid-cols-2 gap-2">
      <NumberField
        label={t('pipeline.min')}
        value={search.min ?? null}
        min={0}
        format={format}
        onChange={(min) => change({ min: min ?? undefined })}
      />
      <NumberField
        label={t('pipeline.max')}
        value={search.max ?? null}
        min={0}
        format={format}
        onChange={(max) => change({ max: max ?? undefined })}
      />
    </div>
  )
}
