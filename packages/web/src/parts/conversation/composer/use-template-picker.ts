import type { Chat, ChatId, Template } from '@parley/protocol/model'
import { type RefObject, useMemo, useState } from 'react'
import { useChatDetails, useMe } from '../../../data/queries.ts'
import { type FilledTemplate, fillFor } from '../../../data/templates/fill.ts'
import { useTemplates, valuesIn } from '../../../data/templates/use-templates.ts'
import { getLanguage } from '../../../i18n/texts.ts'
import { fuzzyFilter } from '../../fuzzy.ts'
import { useNow } from '../../use-now.ts'
import { readTemplateQuery } from './read-query.ts'
import type { ReplyState } from './use-reply.ts'
import { useSuggest } from './use-suggest.ts'

export type TemplatePicker = ReturnType<typeof useTemplatePicker>

interface Options {
  chatId: ChatId
  chat: Chat | undefined
  reply: ReplyState
  field: RefObject<HTMLTextAreaElement | null>
  /** Open from the start: somebody asked for a template. */
  isPicking: boolean
}

/** Looks through the templates: by a slash that begins the reply, or by the button. */
export function useTemplatePicker({ chatId, chat, reply, field, isPicking }: Options) {
  const { text } = reply.draft
  // The button looks through all of them, whatever is written.
  const [isAsked, setAsked] = useState(isPicking)
  // Esc closes the list for what is written now; another text opens it again.
  const [closedFor, setClosedFor] = useState<string>()
  const slash = readTemplateQuery(text)
  const query = slash !== undefined && closedFor !== text ? slash : isAsked ? '' : undefined
  const { templates, query: reading } = useTemplates(query !== undefined)
  const items = useMemo(
    () => (query === undefined ? [] : fuzzyFilter(templates, query, ({ name, text: body }) => [name, body])),
    [templates, query],
  )
  const fill = useFill(chatId, chat)

  function close() {
    setAsked(false)
    setClosedFor(text)
    field.current?.focus()
  }

  function pick(template: Template, isSend: boolean) {
    const filled = fill(template)
    const rest = slash === undefined ? text : ''
    setAsked(false)
    // What is left to fill in is never sent in one go.
    if (isSend && filled.missing.length === 0) {
      reply.sendTemplate(filled)
      if (slash !== undefined) reply.setText('')
      return
    }
    insert(filled, rest)
  }

  function insert(filled: FilledTemplate, rest: string) {
    const area = field.current
    const caret = rest === '' ? 0 : (area?.selectionStart ?? rest.length)
    const end = rest === '' ? 0 : (area?.selectionEnd ?? caret)
    reply.insert(filled, rest.slice(0, caret) + filled.text + rest.slice(end))
    requestAnimationFrame(() => {
      if (!area) return
      area.focus()
      const [first] = filled.missing
      const at = first === undefined ? -1 : filled.text.indexOf(first)
      // What is missing is selected: typing replaces it.
      if (at === -1) area.setSelectionRange(caret + filled.text.length, caret + filled.text.length)
      else area.setSelectionRange(caret + at, caret + at + (first?.length ?? 0))
    })
  }

  const suggest = useSuggest({ query, items, onPick: pick, onClose: close })
  return {
    suggest,
    query,
    items,
    reading,
    hasTemplates: templates.length > 0,
    fill,
    pick: (template: Template) => pick(template, false),
    toggle() {
      if (suggest.isOpen) return close()
      setAsked(true)
      field.current?.focus()
    },
  }
}

/** What a template comes to in this chat, now. */
function useFill(chatId: ChatId, chat: Chat | undefined): (template: Template) => FilledTemplate {
  const me = useMe()
  const now = useNow()
  const { query } = useChatDetails(chatId)
  const lead = query.data?.lead ?? null
  return (template) => {
    const language = template.language ?? getLanguage()
    return fillFor(template, chat ? valuesIn({ chat, lead }, me, { language, now }) : {})
  }
}
