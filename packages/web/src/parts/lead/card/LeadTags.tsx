import type { Lead } from '@parley/protocol/model'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTags } from '../../../data/board/tags.ts'
import { changeTags } from '../../../data/lead/change.ts'
import { createTag } from '../../../data/lead/endpoints.ts'
import { t } from '../../../i18n/t.ts'
import type { ComboOption } from '../../combobox-options.ts'
import { stageColor } from '../../hues.ts'
import { MultiCombobox } from '../../MultiCombobox.tsx'
import { reasonOf } from '../../Notice.tsx'
import { Tag } from '../../Tag.tsx'

interface Props {
  lead: Lead
  isReadOnly: boolean
}

/** Words put on a lead, of those there are or new ones. */
export function LeadTags({ lead, isReadOnly }: Props) {
  const client = useQueryClient()
  const tags = useTags(!isReadOnly)
  const [error, setError] = useState<unknown>()
  const options = tags.map(
    ({ id, name, hue }): ComboOption => ({ value: String(id), label: name, icon: <Dot hue={hue} /> }),
  )

  async function told(work: Promise<unknown>) {
    setError(undefined)
    await work.catch(setError)
  }
  function change(chosen: readonly ComboOption[]) {
    const ids = chosen.map(({ value }) => Number(value))
    const held = lead.tags.map(({ id }): number => id)
    const addTagIds = ids.filter((id) => !held.includes(id))
    const removeTagIds = held.filter((id) => !ids.includes(id))
    if (addTagIds.length + removeTagIds.length > 0) void told(changeTags(client, lead.id, { addTagIds, removeTagIds }))
  }
  async function create(name: string) {
    const { id } = await createTag(name)
    await changeTags(client, lead.id, { addTagIds: [id] })
  }

  if (isReadOnly)
    return lead.tags.length === 0 ? null : (
      <p className="mt-2.5 flex flex-wrap gap-1.5">
        {lead.tags.map((tag) => (
          <Tag key={tag.id} name={tag.name} hue={tag.hue} />
        ))}
      </p>
    )
  return (
    <MultiCombobox
      label={t('card.tags')}
      isLabelHidden
      placeholder={t('card.addTags')}
      options={options}
      value={lead.tags.map(({ id, name, hue }) => ({ value: String(id), label: name, icon: <Dot hue={hue} /> }))}
      onChange={change}
      onCreate={(name) => void told(create(name))}
      error={error === undefined ? undefined : t('parts.notSaved', { reason: reasonOf(error) })}
      className="mt-2.5"
    />
  )
}

function Dot({ hue }: { hue: number }) {
  return <span aria-hidden="true" className="size-2 shrink-0 rounded-full" style={{ background: stageColor(hue) }} />
}
