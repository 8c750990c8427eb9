import { Popover } from '@base-ui/react/popover'
import type { ChannelId, InboxFilters, InboxView } from '@parley/protocol/model'
import { clsx } from 'clsx'
import { useState } from 'react'
import { useTags } from '../../../data/board/tags.ts'
import { useUsers } from '../../../data/board/users.ts'
import { useConnections, useSources } from '../../../data/connections.ts'
import { filtersOf, filtersOfView, type InboxSearch, toSearch } from '../../../data/inbox/search.ts'
import { useMe, usePipelines } from '../../../data/queries.ts'
import { t } from '../../../i18n/t.ts'
import { Button } from '../../../parts/Button.tsx'
import { Checkbox } from '../../../parts/Checkbox.tsx'
import { Combobox } from '../../../parts/Combobox.tsx'
import { POPUP } from '../../../parts/menu-classes.ts'
import { Select, type SelectOption } from '../../../parts/Select.tsx'
import type { Layer } from '../../../parts/use-layer.ts'
import { type FilterName, STATE_NAMES, useFilterValue } from './filter-names.ts'
import { SaveViewDialog } from './SaveViewDialog.tsx'
import { useSaveView } from './use-views.ts'

interface Props {
  layer: Layer
  search: InboxSearch
  /** The saved view that is shown. */
  view: InboxView | undefined
  onSearch: (change: (search: InboxSearch) => InboxSearch) => void
}

/** Everything a list can be narrowed by. What is chosen counts at once. */
export function FilterPopover({ layer, search, view, onSearch }: Props) {
  const [isSaving, setSaving] = useState(false)
  const save = useSaveView(onSearch)
  const filters = filtersOf(search)
  const hasFilters = Object.keys(filters).length > 0
  const base = filtersOfView(search, view) ?? {}

  function change(some: { [Name in keyof InboxFilters]: InboxFilters[Name] | undefined }) {
    onSearch(({ view: shown, sort, c, ...held }) => ({
      ...(shown && { view: shown }),
      ...(sort && { sort }),
      ...(c && { c }),
      ...toSearch({ ...filtersOf(held), ...some } as InboxFilters),
    }))
  }

  return (
    <>
      <Popover.Root open={layer.isOpen} onOpenChange={layer.change}>
        <Popover.Portal container={document.getElementById('main')}>
          <Popover.Positioner
            anchor={layer.anchor}
            side="bottom"
            align="start"
            sideOffset={6}
            collisionPadding={8}
            className="z-40"
          >
            <Popover.Popup
              aria-label={t('filter.title')}
              finalFocus={layer.anchor}
              className={clsx(POPUP, 'max-h-(--available-height) w-80 max-w-[calc(100vw-16px)] overflow-y-auto p-3')}
            >
              <div className="flex flex-col gap-3">
                <Who filters={filters} base={base} onChange={change} />
                <Where filters={filters} base={base} onChange={change} />
                <What filters={filters} base={base} onChange={change} />
                <div className="flex gap-6">
                  <Checkbox
                    label={t('filter.unread')}
                    isChecked={filters.unread === true || base.unread === true}
                    isDisabled={base.unread === true}
                    onChange={(isOn) => change({ unread: isOn ? true : undefined })}
                  />
                  <Checkbox
                    label={t('filter.waiting')}
                    isChecked={filters.waiting === true || base.waiting === true}
                    isDisabled={base.waiting === true}
                    onChange={(isOn) => change({ waiting: isOn ? true : undefined })}
                  />
                </div>
                <div className="flex flex-wrap justify-end gap-2">
                  {view?.canEdit && hasFilters && (
                    <Button size="sm" onClick={() => void save.update(view, filters, search.sort)}>
                      {t('view.update')}
                    </Button>
                  )}
                  <Button size="sm" look="primary" onClick={() => setSaving(true)}>
                    {t('view.save')}
                  </Button>
                </div>
              </div>
            </Popover.Popup>
          </Popover.Positioner>
        </Popover.Portal>
      </Popover.Root>
      {isSaving && (
        <SaveViewDialog
          onClose={() => setSaving(false)}
          onSave={(name, isShared) => save.create({ name, isShared }, search, view)}
        />
      )}
    </>
  )
}

interface PartProps {
  filters: InboxFilters
  /** What the view narrows by itself: it stands where nothing else is chosen. */
  base: InboxFilters
  onChange: (some: { [Name in keyof InboxFilters]: InboxFilters[Name] | undefined }) => void
}

const ANY = 'any'

/** What is in force without a choice: the view's own filter, or none. */
function useUnchosen(base: InboxFilters): (name: FilterName, any: string) => string {
  const say = useFilterValue()
  return (name, any) => (base[name] === undefined ? any : say(name, base))
}

function Who({ filters, base, onChange }: PartProps) {
  const unchosen = useUnchosen(base)
  const { user: me } = useMe()
  const users = useUsers()
  const options = [
    { value: 'me', label: t('filter.me') },
    { value: 'none', label: t('filter.nobody') },
    ...users.filter(({ id }) => id !== me.id).map(({ id, name }) => ({ value: String(id), label: name })),
  ]
  const unchosenState = base.state ?? 'open'
  const states: SelectOption<string>[] = Object.entries(STATE_NAMES).map(([value, name]) => ({ value, label: t(name) }))
  return (
    <>
      <Select
        label={t('filter.state')}
        options={states}
        value={filters.state ?? unchosenState}
        onChange={(value) =>
          onChange({ state: value === unchosenState ? undefined : (value as NonNullable<InboxFilters['state']>) })
        }
      />
      <Combobox
        label={t('filter.responsible')}
        placeholder={unchosen('responsible', t('filter.anybody'))}
        options={options}
        isClearable
        value={options.find(({ value }) => value === String(filters.responsible)) ?? null}
        onChange={(option) =>
          onChange({
            responsible:
              option === null
                ? undefined
                : option.value === 'me' || option.value === 'none'
                  ? option.value
                  : Number(option.value),
          })
        }
      />
    </>
  )
}

function Where({ filters, base, onChange }: PartProps) {
  const unchosen = useUnchosen(base)
  const connections = useConnections() ?? []
  const channelId = filters.channelId as ChannelId | undefined
  const { data } = useSources(channelId ?? ('' as ChannelId), channelId !== undefined)
  const sources = data?.items ?? []
  const anyChannel = unchosen('channelId', t('filter.anyChannel'))
  const anySource = unchosen('source', t('filter.anySource'))
  return (
    <>
      <Select
        label={t('filter.channel')}
        options={[
          { value: ANY, label: anyChannel },
          ...connections.map(({ channelId: value, title }) => ({ value: value as string, label: title })),
        ]}
        value={channelId ?? null}
        placeholder={anyChannel}
        onChange={(value) => onChange({ channelId: value === ANY ? undefined : value, source: undefined })}
      />
      {sources.length > 0 && (
        <Select
          label={t('filter.source')}
          options={[
            { value: ANY, label: anySource },
            ...sources.map(({ externalId, name }) => ({ value: externalId, label: name })),
          ]}
          value={filters.source ?? null}
          placeholder={anySource}
          onChange={(value) => onChange({ source: value === ANY ? undefined : value })}
        />
      )}
    </>
  )
}

function What({ filters, base, onChange }: PartProps) {
  const unchosen = useUnchosen(base)
  const { data } = usePipelines(true)
  const tags = useTags()
  const pipelines = data?.items ?? []
  // Won and lost have the same number in every pipeline: so both are named.
  const stages = pipelines.flatMap((pipeline) =>
    pipeline.stages.map((stage) => ({
      value: `${pipeline.id}/${stage.id}`,
      label: stage.name,
      ...(pipelines.length > 1 && { hint: pipeline.name }),
    })),
  )
  const stage = stages.find(({ value }) => value === `${filters.pipelineId}/${filters.stageId}`) ?? null
  const tagOptions = tags.map(({ id, name }) => ({ value: String(id), label: name }))
  return (
    <>
      <Combobox
        label={t('filter.stage')}
        placeholder={unchosen('stageId', t('filter.anyStage'))}
        options={stages}
        isClearable
        value={stage}
        onChange={(option) => {
          const [pipelineId, stageId] = option?.value.split('/').map(Number) ?? []
          onChange({ pipelineId, stageId })
        }}
      />
      <Combobox
        label={t('filter.tag')}
        placeholder={unchosen('tagId', t('filter.anyTag'))}
        options={tagOptions}
        isClearable
        value={tagOptions.find(({ value }) => value === String(filters.tagId)) ?? null}
        onChange={(option) => onChange({ tagId: option === null ? undefined : Number(option.value) })}
      />
    </>
  )
}
