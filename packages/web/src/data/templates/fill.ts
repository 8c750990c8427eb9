import type { Template, UsedTemplate } from '@parley/protocol/model'
import { fillTemplate, type TemplateValues } from '@parley/protocol/text'
import type { DraftFile } from '../conversation/draft.ts'
import { newMessageId } from '../new-id.ts'

/** What the server takes. */
const LONGEST_MARKER = 255

/** A template with a chat's values, ready to go into a reply. */
export interface FilledTemplate {
  template: Template
  text: string
  /** What was put in, by marker. */
  values: Readonly<Record<string, string>>
  /** What the channel is told of it; null when that cannot be said: a marker with a fallback of many words. */
  used: UsedTemplate | null
  files: DraftFile[]
  /** Markers without a value: they stand in the text. */
  missing: string[]
}

export function fillFor(template: Template, values: TemplateValues): FilledTemplate {
  const { text, params, missing } = fillTemplate(template.text, values)
  const { id, externalId } = template
  return {
    template,
    text,
    values: Object.fromEntries(params.map(({ key, value }) => [key, value])),
    used: params.every(({ key }) => key.length <= LONGEST_MARKER)
      ? { id, ...(externalId !== null && { externalId }), content: template.text, params }
      : null,
    files: template.files.map(({ file, ...facts }) => ({
      // The same file may be in the tray already.
      key: newMessageId(),
      name: file.fileName,
      uploaded: file,
      ...facts,
      ...(file.width !== null && { width: file.width }),
      ...(file.height !== null && { height: file.height }),
    })),
    missing,
  }
}
