import type { CustomField } from '@parley/protocol/model'
import { clsx } from 'clsx'
import { ChevronDown, EyeOff, Trash2 } from 'lucide-react'
import { changeField } from '../../../data/work/endpoints.ts'
import { t } from '../../../i18n/t.ts'
import { Button } from '../../../parts/Button.tsx'
import { IconButton } from '../../../parts/IconButton.tsx'
import { InlineEdit } from '../../../parts/InlineEdit.tsx'
import { Switch } from '../../../parts/Switch.tsx'
import { toast } from '../../../parts/toast.ts'
import { useSettingsChange, useSettingsSave } from '../use-settings-change.ts'
import { FieldChoices } from './FieldChoices.tsx'
import { FieldStages } from './FieldStages.tsx'
import { FIELD_ICONS, hasChoices } from './field-types.ts'

interface Props {
  field: CustomField
  isOpen: boolean
  onToggle: () => void
  onDelete: () => void
}

export function FieldRow({ field, isOpen, onToggle, onDelete }: Props) {
  const save = useSettingsSave('fields')
  const Icon = FIELD_ICONS[field.type]
  const { length: choices } = field.options
  return (
    <div className={clsx('rounded-md', isOpen && 'bg-sunken')}>
      <div className="flex min-h-9 items-center gap-2 ps-2">
        <Icon size={16} aria-hidden="true" className="shrink-0 text-ink-3" />
        <div className="min-w-0 flex-1">
          <InlineEdit
            label={t('fields.nameOf', { name: field.name })}
            value={field.name}
            onSave={(name) => save(changeField(field.id, { name }))}
          />
        </div>
        {field.isRequired && (
          <span className="hidden shrink-0 rounded-sm bg-accent-soft px-1.5 text-2xs font-medium text-accent-ink @md:inline">
            {t('fields.requiredMark')}
          </span>
        )}
        <span className="shrink-0 text-xs text-ink-3">
          {choices > 0 ? t('fields.choiceCount', { count: choices }) : t(`fields.types.${field.type}`)}
        </span>
        <IconButton label={t('fields.openOf', { name: field.name })} aria-expanded={isOpen} onClick={onToggle}>
          <ChevronDown className={clsx('transition-transform', isOpen && 'rotate-180')} />
        </IconButton>
      </div>
      {isOpen && <FieldPanel field={field} onDelete={onDelete} />}
    </div>
  )
}

function FieldPanel({ field, onDelete }: Pick<Props, 'field' | 'onDelete'>) {
  const change = useSettingsChange('fields')
  const save = useSettingsSave('fields')
  async function hide() {
    const hidden = await change(() => changeField(field.id, { isHidden: true }))
    if (!hidden) return
    toast({
      text: t('fields.hiddenNow', { name: field.name }),
      undo: () => change(() => changeField(field.id, { isHidden: false })),
    })
  }
  return (
    <div className="flex flex-col gap-4 px-3 pt-2 pb-3">
      <p className="text-xs text-ink-3">{t(`fields.types.${field.type}`)}</p>
      {hasChoices(field.type) && <FieldChoices field={field} />}
      <div>
        <span className="text-xs font-medium text-ink-2">{t('fields.section')}</span>
        <InlineEdit
          label={t('fields.section')}
          value={field.section ?? ''}
          onSave={(section) => save(changeField(field.id, { section: section.trim() === '' ? null : section }))}
        />
        <p className="text-xs text-ink-3">{t('fields.sectionHint')}</p>
      </div>
      <Switch
        label={t('fields.required')}
        hint={t('fields.requiredHint')}
        isOn={field.isRequired}
        onChange={(isRequired) => void change(() => changeField(field.id, { isRequired }))}
      />
      {field.entity === 'lead' && <FieldStages field={field} />}
      <div className="flex flex-wrap gap-2 border-t border-line pt-3">
        <Button size="sm" onClick={() => void hide()}>
          <EyeOff size={15} aria-hidden="true" />
          {t('fields.hide')}
        </Button>
        <Button size="sm" onClick={onDelete}>
          <Trash2 size={15} aria-hidden="true" />
          {t('fields.delete')}
        </Button>
      </div>
    </div>
  )
}
