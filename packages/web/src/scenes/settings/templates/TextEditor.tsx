import { TEMPLATE_VARIABLES, type TemplateVariable } from '@parley/protocol/text'
import { Braces } from 'lucide-react'
import { useRef } from 'react'
import { t } from '../../../i18n/t.ts'
import { Button } from '../../../parts/Button.tsx'
import { MenuButton } from '../../../parts/MenuButton.tsx'
import { MenuItem } from '../../../parts/MenuItems.tsx'
import { TextArea } from '../../../parts/TextArea.tsx'
import { putIn } from './template-form.ts'

interface Props {
  text: string
  error: string | undefined
  onChange: (text: string) => void
}

/** The text of a template, and the variables that can stand in it. */
export function TextEditor({ text, error, onChange }: Props) {
  const field = useRef<HTMLTextAreaElement>(null)

  function insert(variable: TemplateVariable) {
    const at = { start: field.current?.selectionStart ?? text.length, end: field.current?.selectionEnd ?? text.length }
    const next = putIn(text, `{{${variable}}}`, at)
    onChange(next.text)
    requestAnimationFrame(() => {
      field.current?.focus()
      field.current?.setSelectionRange(next.caret, next.caret)
    })
  }
  return (
    <div>
      <TextArea
        ref={field}
        label={t('templates.text')}
        hint={t('templates.textHint')}
        style={{ minHeight: 112 }}
        value={text}
        error={error}
        onChange={onChange}
      />
      <MenuButton
        isInLayer
        className="w-80"
        trigger={
          <Button size="sm" className="mt-2">
            <Braces size={14} aria-hidden="true" />
            {t('templates.variable')}
          </Button>
        }
      >
        {TEMPLATE_VARIABLES.map((variable) => (
          <MenuItem key={variable} onClick={() => insert(variable)}>
            <span className="flex items-baseline justify-between gap-4">
              {t(`templates.var.${variable.replace('.', '_') as VariableKey}`)}
              <code className="font-mono text-2xs text-ink-3">{variable}</code>
            </span>
          </MenuItem>
        ))}
      </MenuButton>
    </div>
  )
}

type VariableKey = TemplateVariable extends infer Name
  ? Name extends `${infer Noun}.${infer Rest}`
    ? `${Noun}_${Rest}`
    : Name
  : never
