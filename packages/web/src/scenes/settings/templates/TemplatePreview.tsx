import type { ChatId } from '@parley/protocol/model'
import { fillTemplate, type TemplateValues } from '@parley/protocol/text'
import { Paperclip } from 'lucide-react'
import { useState } from 'react'
import { useLatestChats } from '../../../data/inbox/use-list.ts'
import { useChatDetails, useMe } from '../../../data/queries.ts'
import { valuesIn } from '../../../data/templates/use-templates.ts'
import { t } from '../../../i18n/t.ts'
import { getLanguage } from '../../../i18n/texts.ts'
import { FilledText } from '../../../parts/conversation/FilledText.tsx'
import { Buttons } from '../../../parts/conversation/message/Buttons.tsx'
import { Select } from '../../../parts/Select.tsx'
import { useNow } from '../../../parts/use-now.ts'
import { buttonsOf, type TemplateForm } from './template-form.ts'

const MOST_CHATS = 20

/** The message it makes, with the values of one of the latest conversations. */
export function TemplatePreview({ form }: { form: TemplateForm }) {
  const offered = useLatestChats(MOST_CHATS)
  const [wanted, setWanted] = useState<ChatId | null>(null)
  const chatId = wanted ?? offered[0]?.id
  return (
    <section aria-label={t('templates.preview')} className="min-w-0">
      <h3 className="mb-2 text-xs font-semibold text-ink-3">{t('templates.preview')}</h3>
      {offered.length > 0 && (
        <Select
          label={t('templates.previewFor')}
          isLabelHidden
          value={chatId ?? null}
          onChange={setWanted}
          options={offered.map(({ id, client }) => ({ value: id, label: client.name }))}
          className="mb-3"
        />
      )}
      {chatId === undefined ? <Bubble form={form} values={{}} /> : <BubbleIn form={form} chatId={chatId} />}
    </section>
  )
}

function BubbleIn({ form, chatId }: { form: TemplateForm; chatId: ChatId }) {
  const me = useMe()
  const now = useNow()
  const { query, chat } = useChatDetails(chatId)
  const language = form.language ?? getLanguage()
  const values = chat ? valuesIn({ chat, lead: query.data?.lead ?? null }, me, { language, now }) : {}
  return <Bubble form={form} values={values} />
}

function Bubble({ form, values }: { form: TemplateForm; values: TemplateValues }) {
  const { params, missing } = fillTemplate(form.text, values)
  const buttons = buttonsOf(form)
  const isEmpty = form.text.trim() === '' && form.files.length === 0 && buttons.length === 0
  if (isEmpty) return <p className="text-ink-3">{t('templates.previewEmpty')}</p>
  return (
    <>
      <div className="rounded-xl bg-out px-3 py-2 text-md">
        {form.files.map(({ file }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same file may be there twice
          <p key={`${file.id} ${index}`} className="flex items-center gap-1.5 text-sm text-ink-2">
            <Paperclip size={13} aria-hidden="true" className="shrink-0" />
            <bdi className="truncate">{file.fileName}</bdi>
          </p>
        ))}
        <FilledText text={form.text} values={Object.fromEntries(params.map(({ key, value }) => [key, value]))} />
      </div>
      {buttons.length > 0 && <Buttons rows={buttons} />}
      {missing.length > 0 && (
        <p className="mt-2 text-xs text-warn">{t('templates.missing', { markers: missing.join(', ') })}</p>
      )}
    </>
  )
}
