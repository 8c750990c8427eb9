import type { Tag } from '@parley/protocol/model'
import { Plus } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { createTag } from '../../../data/work/endpoints.ts'
import { t } from '../../../i18n/t.ts'
import { Button } from '../../../parts/Button.tsx'
import { TextField } from '../../../parts/TextField.tsx'
import { toast } from '../../../parts/toast.ts'
import { useSettingsChange } from '../use-settings-change.ts'

export function NewTag({ tags }: { tags: readonly Tag[] }) {
  const change = useSettingsChange('tags')
  const [name, setName] = useState('')
  async function add(event: FormEvent) {
    event.preventDefault()
    if (name.trim() === '') return
    const made = await change(() => createTag({ name }))
    if (!made) return
    // The same name, in whatever case, is the same tag.
    if (tags.some(({ id }) => id === made.id)) toast({ text: t('tags.known', { name: made.name }) })
    setName('')
  }
  return (
    <form onSubmit={(event) => void add(event)} className="flex max-w-full items-end gap-2">
      <TextField
        label={t('tags.new')}
        isLabelHidden
        placeholder={t('tags.new')}
        maxLength={60}
        value={name}
        onChange={setName}
        className="w-56 min-w-0"
      />
      <Button type="submit" disabled={name.trim() === ''}>
        <Plus size={15} aria-hidden="true" />
        {t('tags.add')}
      </Button>
    </form>
  )
}
