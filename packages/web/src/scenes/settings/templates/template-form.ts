import type { AttachedFile, Language, MessageButton, NewTemplateInput, Template } from '@parley/protocol/model'

export type ButtonKind = 'reply' | 'link'

/** A template while it is written. */
export interface TemplateForm {
  name: string
  text: string
  isShared: boolean
  language: Language | null
  /** Rows of buttons: all of them answers, or all links. */
  buttonKind: ButtonKind
  rows: { text: string; url: string }[][]
  files: AttachedFile[]
}

export const emptyForm = (isShared: boolean): TemplateForm => ({
  name: '',
  text: '',
  isShared,
  language: null,
  buttonKind: 'reply',
  rows: [],
  files: [],
})

export const formOf = (template: Template): TemplateForm => ({
  name: template.name,
  text: template.text,
  isShared: template.ownerId === null,
  language: template.language,
  buttonKind: template.buttons[0]?.[0]?.url === undefined ? 'reply' : 'link',
  rows: template.buttons.map((row) => row.map(({ text, url = '' }) => ({ text, url }))),
  files: template.files,
})

/** What nobody has written anything into is left out. */
export function buttonsOf({ rows, buttonKind }: Pick<TemplateForm, 'rows' | 'buttonKind'>): MessageButton[][] {
  return rows
    .map((row) =>
      row
        .filter(({ text, url }) => text.trim() !== '' || (buttonKind === 'link' && url.trim() !== ''))
        .map(({ text, url }) => ({ text: text.trim(), ...(buttonKind === 'link' && { url: url.trim() }) })),
    )
    .filter((row) => row.length > 0)
}

export function toRequest(form: TemplateForm): NewTemplateInput {
  const { name, text, isShared, language, files } = form
  return {
    name,
    text,
    isShared,
    language,
    buttons: buttonsOf(form),
    files: files.map(({ file, ...facts }) => ({ id: file.id, name: file.fileName, ...facts })),
  }
}

/** A text with something put in the place of what was selected; answers where the caret is then. */
export function putIn(
  text: string,
  piece: string,
  at: { start: number; end: number },
): { text: string; caret: number } {
  return { text: text.slice(0, at.start) + piece + text.slice(at.end), caret: at.start + piece.length }
}
