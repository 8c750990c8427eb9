import type { Language, Template } from '@parley/protocol/model'
import { useState } from 'react'
import { useMe } from '../../../data/queries.ts'
import { LANGUAGES } from '../../../i18n/languages.ts'
import { t } from '../../../i18n/t.ts'
import { Button } from '../../../parts/Button.tsx'
import { readFormProblem } from '../../../parts/form-problem.ts'
import { SegmentedControl } from '../../../parts/SegmentedControl.tsx'
import { Select } from '../../../parts/Select.tsx'
import { Sheet } from '../../../parts/Sheet.tsx'
import { TextField } from '../../../parts/TextField.tsx'
import { ButtonsEditor } from './ButtonsEditor.tsx'
import { FilesEditor } from './FilesEditor.tsx'
import { TemplatePreview } from './TemplatePreview.tsx'
import { TextEditor } from './TextEditor.tsx'
import { emptyForm, formOf, type TemplateForm } from './template-form.ts'
import { useTemplateActs } from './use-template-acts.ts'

interface Props {
  /** Null: a new one. */
  template: Template | null
  onClose: () => void
}

/** A template being written, and beside it what it says in a conversation of one's choice. */
export function TemplateEditor({ template, onClose }: Props) {
  const me = useMe()
  const isAdmin = me.user.role === 'admin'
  const { save } = useTemplateActs()
  const [form, setForm] = useState<TemplateForm>(() => (template ? formOf(template) : emptyForm(isAdmin)))
  const [isUploading, setUploading] = useState(false)
  const change = (next: Partial<TemplateForm>) => setForm((held) => ({ ...held, ...next }))
  const isReadOnly = template !== null && template.ownerId === null && !isAdmin
  const isBlocked =
    form.name.trim() === '' || (form.text.trim() === '' && form.files.length === 0) || save.isPending || isUploading

  async function submit() {
    if (isBlocked) return
    await save.mutateAsync({ id: template?.id ?? null, form }).then(onClose, () => undefined)
  }
  return (
    <Sheet
      isOpen
      onClose={onClose}
      size="lg"
      title={template ? template.name : t('templates.newTitle')}
      description={isReadOnly ? t('templates.adminsOnly') : undefined}
      footer={
        <>
          <Button onClick={onClose}>{t(isReadOnly ? 'parts.close' : 'parts.cancel')}</Button>
          {!isReadOnly && (
            <Button look="primary" disabled={isBlocked} onClick={() => void submit()}>
              {t('templates.save')}
            </Button>
          )}
        </>
      }
    >
      <div className="@container">
        <div className="grid gap-6 p-4 @min-[720px]:grid-cols-[minmax(0,1fr)_320px]">
          {!isReadOnly && (
            <div className="flex min-w-0 flex-col gap-4">
              <Fields {...{ form, change, isAdmin }} error={save.error} onUploading={setUploading} />
            </div>
          )}
          <TemplatePreview form={form} />
        </div>
      </div>
    </Sheet>
  )
}

interface FieldsProps {
  form: TemplateForm
  change: (next: Partial<TemplateForm>) => void
  isAdmin: boolean
  error: unknown
  onUploading: (isUploading: boolean) => void
}

const NAMES = ['name', 'text', 'buttons', 'files'] as const

function Fields({ form, change, isAdmin, error, onUploading }: FieldsProps) {
  const problem = readFormProblem(error, NAMES)
  return (
    <>
      <TextField
        label={t('templates.name')}
        hint={t('templates.nameHint')}
        value={form.name}
        maxLength={100}
        error={problem.fields.name}
        onChange={(name) => change({ name })}
      />
      {isAdmin && (
        <SegmentedControl
          label={t('templates.whose')}
          value={form.isShared ? 'shared' : 'own'}
          onChange={(whose) => change({ isShared: whose === 'shared' })}
          options={[
            { value: 'shared', label: t('templates.forAll') },
            { value: 'own', label: t('templates.forMe') },
          ]}
        />
      )}
      <TextEditor text={form.text} error={problem.fields.text} onChange={(text) => change({ text })} />
      <FilesEditor
        files={form.files}
        error={problem.fields.files}
        onChange={(files) => change({ files })}
        onUploading={onUploading}
      />
      <ButtonsEditor form={form} error={problem.fields.buttons} onChange={change} />
      <Select<Language | 'any'>
        label={t('templates.language')}
        hint={t('templates.languageHint')}
        value={form.language ?? 'any'}
        onChange={(language) => change({ language: language === 'any' ? null : language })}
        options={[
          { value: 'any', label: t('templates.anyLanguage') },
          ...Object.entries(LANGUAGES).map(([value, label]) => ({ value: value as Language, label })),
        ]}
      />
      {problem.rest && (
        <p role="alert" className="rounded-md bg-bad-soft px-3 py-2 text-bad">
          {problem.rest}
        </p>
      )}
    </>
  )
}
