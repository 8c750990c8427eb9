import type { Template } from '@parley/protocol/model'
import { Lock, Paperclip } from 'lucide-react'
import { t } from '../../../i18n/t.ts'
import { KeyCaps } from '../../KeyCaps.tsx'
import { ProblemLine } from '../../Notice.tsx'
import { FilledText } from '../FilledText.tsx'
import { Buttons } from '../message/Buttons.tsx'
import { SuggestList } from './SuggestList.tsx'
import type { TemplatePicker } from './use-template-picker.ts'

/** The templates that fit what was typed, and what the active one would say in this chat. */
export function TemplateList({ picker }: { picker: TemplatePicker }) {
  const { suggest, items, reading, hasTemplates } = picker
  const active = items[suggest.active]
  return (
    <div className="absolute inset-x-0 bottom-full z-10 mb-1.5 flex max-h-[min(340px,46dvh)] flex-col overflow-hidden rounded-lg bg-raised shadow-pop">
      {reading.isError ? (
        <ProblemLine title={t('templates.notRead')} onRetry={() => void reading.refetch()} />
      ) : reading.isPending ? (
        <p role="status" className="px-3 py-3 text-xs text-ink-3">
          {t('templates.reading')}
        </p>
      ) : items.length === 0 ? (
        <p role="status" className="px-3 py-3 text-xs text-ink-3">
          {t(hasTemplates ? 'templates.noneFits' : 'templates.none')}
        </p>
      ) : (
        <div className="flex min-h-0 flex-1">
          <SuggestList
            id={suggest.listId}
            label={t('templates.list')}
            items={items}
            active={suggest.active}
            keyOf={({ id }) => id}
            onHover={suggest.setActive}
            onPick={picker.pick}
            className="min-w-0 flex-1 p-1 @min-[560px]:max-w-64"
          >
            {(template) => <Line template={template} />}
          </SuggestList>
          {active && <Preview template={active} picker={picker} />}
        </div>
      )}
      <Hints />
    </div>
  )
}

function Line({ template }: { template: Template }) {
  return (
    <>
      <span className="flex items-center gap-1.5 text-sm font-medium">
        <bdi className="truncate">{template.name}</bdi>
        {template.ownerId !== null && (
          <Lock size={11} aria-label={t('templates.ownMark')} className="shrink-0 text-ink-3" />
        )}
      </span>
      <span className="block truncate text-xs text-ink-3" dir="auto">
        {template.text.trim() === '' ? template.files.map(({ file }) => file.fileName).join(', ') : template.text}
      </span>
    </>
  )
}

/** With this chat's values, and what is missing marked. */
function Preview({ template, picker }: { template: Template; picker: TemplatePicker }) {
  const { values } = picker.fill(template)
  return (
    <div className="hidden min-w-0 flex-1 overflow-y-auto border-s border-line p-3 text-sm @min-[560px]:block">
      <FilledText text={template.text} values={values} />
      {template.files.map(({ file }) => (
        <p key={file.fileName} className="mt-2 flex items-center gap-1.5 text-xs text-ink-2">
          <Paperclip size={13} aria-hidden="true" className="shrink-0" />
          <bdi className="truncate">{file.fileName}</bdi>
        </p>
      ))}
      {template.buttons.length > 0 && <Buttons rows={template.buttons} />}
    </div>
  )
}

function Hints() {
  return (
    <p className="flex shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-t border-line px-3 py-1.5 text-2xs text-ink-3 pointer-coarse:hidden">
      <span className="flex items-center gap-1">
        <KeyCaps keys="Enter" /> {t('templates.insert')}
      </span>
      <span className="flex items-center gap-1">
        <KeyCaps keys="Mod+Enter" /> {t('templates.send')}
      </span>
      <span className="flex items-center gap-1">
        <KeyCaps keys="Escape" /> {t('templates.close')}
      </span>
    </p>
  )
}
