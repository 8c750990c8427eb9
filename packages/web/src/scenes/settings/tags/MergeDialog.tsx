import type { Tag, TagId, TagUse } from '@parley/protocol/model'
import { useState } from 'react'
import { mergeTags } from '../../../data/work/endpoints.ts'
import { t } from '../../../i18n/t.ts'
import { Button } from '../../../parts/Button.tsx'
import { Combobox } from '../../../parts/Combobox.tsx'
import type { ComboOption } from '../../../parts/combobox-options.ts'
import { Dialog } from '../../../parts/Dialog.tsx'
import { reasonOf } from '../../../parts/Notice.tsx'
import { toast } from '../../../parts/toast.ts'
import { useSettingsSave } from '../use-settings-change.ts'
import { sayWhere } from './where.ts'

interface Props {
  tag: Tag
  /** Chosen before it opens. */
  into: Tag | undefined
  use: TagUse | undefined
  tags: readonly Tag[]
  onClose: () => void
}

/** Two words for one thing become one. */
export function MergeDialog({ tag, into, use, tags, onClose }: Props) {
  const save = useSettingsSave('tags')
  const [chosen, choose] = useState<ComboOption | null>(into ? toOption(into) : null)
  const [state, setState] = useState<{ isBusy: boolean; error?: unknown }>({ isBusy: false })
  async function merge(target: ComboOption) {
    setState({ isBusy: true })
    try {
      await save(mergeTags(tag.id, Number(target.value) as TagId))
      toast({ tone: 'ok', text: t('tags.merged', { name: tag.name, into: target.label }) })
      onClose()
    } catch (error) {
      setState({ isBusy: false, error })
    }
  }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('tags.mergeTitle', { name: tag.name })}
      description={t('tags.mergeHint', { name: tag.name, where: sayWhere(use) })}
      footer={
        <>
          <Button onClick={onClose}>{t('parts.cancel')}</Button>
          <Button look="danger" disabled={state.isBusy || chosen === null} onClick={() => chosen && void merge(chosen)}>
            {t('tags.mergeNow')}
          </Button>
        </>
      }
    >
      <Combobox
        label={t('tags.mergeInto')}
        placeholder={t('tags.mergePlaceholder')}
        options={tags.filter(({ id }) => id !== tag.id).map(toOption)}
        value={chosen}
        onChange={choose}
        error={state.error === undefined ? undefined : `${reasonOf(state.error)}.`}
      />
    </Dialog>
  )
}

const toOption = ({ id, name }: Tag): ComboOption => ({ value: String(id), label: name })
