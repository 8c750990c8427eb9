import type { Pipeline, Source } from '@parley/protocol/model'
import type { QueryClient } from '@tanstack/react-query'
import { Ellipsis, Star, StarOff, Trash2 } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { changeSource, deleteSource } from '../../../data/work/endpoints.ts'
import { allSourcesQuery } from '../../../data/work/queries.ts'
import { t } from '../../../i18n/t.ts'
import { ConfirmDialog } from '../../../parts/ConfirmDialog.tsx'
import { IconButton } from '../../../parts/IconButton.tsx'
import { InlineEdit } from '../../../parts/InlineEdit.tsx'
import { MenuButton } from '../../../parts/MenuButton.tsx'
import { MenuItem, MenuLine } from '../../../parts/MenuItems.tsx'
import { Select } from '../../../parts/Select.tsx'
import { useSettingsChange, useSettingsSave } from '../use-settings-change.ts'
import { pathOf } from './path-of.ts'

interface Props {
  source: Source
  pipelines: readonly Pipeline[]
  /** What came by it, in words. */
  use: ReactNode
}

const MAIN = 'main'

/** A line of a channel: its name and where its new leads go. */
export function SourceRow({ source, pipelines, use }: Props) {
  const change = useSettingsChange('sources')
  const save = useSettingsSave('sources')
  const [isDeleting, setDeleting] = useState(false)
  const { id, name, externalId, isDefault, pipelineId } = source
  const main = pipelines.find(({ isMain }) => isMain)
  const options = [
    { value: MAIN, label: main ? t('sources.mainPipeline', { path: pathOf(main) }) : MAIN },
    ...pipelines.map((pipeline) => ({ value: String(pipeline.id), label: pathOf(pipeline) })),
  ]
  const set = (patch: Partial<Pick<Source, 'pipelineId' | 'isDefault'>>) =>
    void change(() => changeSource(id, patch), { show: (client) => showChanged(client, source, patch) })
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 border-line px-4 py-2 not-first:border-t">
      <div className="min-w-0 flex-1 basis-52">
        <div className="flex items-center gap-2">
          <div className="min-w-0 flex-1">
            <InlineEdit
              label={t('sources.nameOf', { name })}
              value={name}
              onSave={(next) => save(changeSource(id, { name: next }))}
              className="font-medium"
            />
          </div>
          {isDefault && (
            <span
              title={t('sources.defaultHint')}
              className="shrink-0 rounded-sm bg-accent-soft px-1.5 text-2xs font-medium text-accent-ink"
            >
              {t('sources.default')}
            </span>
          )}
        </div>
        <p className="text-xs text-ink-3 wrap-anywhere">
          <bdi className="font-mono">{externalId}</bdi> · {use}
        </p>
      </div>
      <div className="flex w-full items-center gap-2 @xl:w-80">
        <Select
          label={t('sources.goToOf', { name })}
          isLabelHidden
          className="min-w-0 flex-1"
          value={pipelineId === null ? MAIN : String(pipelineId)}
          onChange={(value) => set({ pipelineId: value === MAIN ? null : (Number(value) as Source['pipelineId']) })}
          options={options}
        />
        <MenuButton
          align="end"
          trigger={
            <IconButton label={t('sources.more', { name })}>
              <Ellipsis />
            </IconButton>
          }
        >
          <MenuItem
            icon={isDefault ? <StarOff size={16} aria-hidden="true" /> : <Star size={16} aria-hidden="true" />}
            onClick={() => set({ isDefault: !isDefault })}
          >
            {t(isDefault ? 'sources.dropDefault' : 'sources.makeDefault')}
          </MenuItem>
          <MenuLine />
          <MenuItem icon={<Trash2 size={16} aria-hidden="true" />} isDangerous onClick={() => setDeleting(true)}>
            {t('sources.delete')}
          </MenuItem>
        </MenuButton>
      </div>
      <ConfirmDialog
        isOpen={isDeleting}
        onClose={() => setDeleting(false)}
        title={t('sources.deleteTitle', { name })}
        description={
          <>
            {t('sources.deleteHint')} ({use})
          </>
        }
        confirmLabel={t('sources.delete')}
        onConfirm={() => save(deleteSource(id))}
      />
    </li>
  )
}

/** A channel has one default at most. */
function showChanged(client: QueryClient, { id, channelId }: Source, patch: Partial<Source>): void {
  client.setQueryData(
    allSourcesQuery.queryKey,
    (data) =>
      data && {
        items: data.items.map((one) => {
          if (one.id === id) return { ...one, ...patch }
          return patch.isDefault && one.channelId === channelId ? { ...one, isDefault: false } : one
        }),
      },
  )
}
