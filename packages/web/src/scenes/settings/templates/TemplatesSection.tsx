import type { Template } from '@parley/protocol/model'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useMe } from '../../../data/queries.ts'
import { useTemplates } from '../../../data/templates/use-templates.ts'
import { t } from '../../../i18n/t.ts'
import { Button } from '../../../parts/Button.tsx'
import { fuzzyFilter } from '../../../parts/fuzzy.ts'
import { Notice, Problem } from '../../../parts/Notice.tsx'
import { SkeletonRows } from '../../../parts/SkeletonRows.tsx'
import { TextField } from '../../../parts/TextField.tsx'
import { SettingsPage } from '../SettingsPage.tsx'
import { TemplateEditor } from './TemplateEditor.tsx'
import { TemplateRow } from './TemplateRow.tsx'
import { useTemplateActs } from './use-template-acts.ts'

/** Canned answers: everybody's, which admins change, and one's own. */
export function TemplatesSection() {
  const { templates, query } = useTemplates(true)
  const [sought, setSought] = useState('')
  const [open, setOpen] = useState<Template | 'new' | null>(null)
  const shown = fuzzyFilter(templates, sought, ({ name, text }) => [name, text])
  return (
    <SettingsPage
      title={t('templates.title')}
      hint={t('templates.hint')}
      actions={
        <Button look="primary" onClick={() => setOpen('new')}>
          <Plus size={15} aria-hidden="true" />
          {t('templates.new')}
        </Button>
      }
      toolbar={
        templates.length > 0 && (
          <TextField
            type="search"
            label={t('templates.search')}
            isLabelHidden
            placeholder={t('templates.search')}
            value={sought}
            onChange={setSought}
            className="w-64 max-w-full"
          />
        )
      }
    >
      {query.isError && templates.length === 0 ? (
        <Problem title={t('templates.notRead')} error={query.error} onRetry={() => void query.refetch()} />
      ) : query.isPending ? (
        <SkeletonRows count={5} height={52} />
      ) : templates.length === 0 ? (
        <Notice title={t('templates.empty')} hint={t('templates.emptyHint')} />
      ) : (
        <>
          <List title={t('templates.shared')} isShared templates={templates} shown={shown} onOpen={setOpen} />
          <List title={t('templates.own')} isShared={false} templates={templates} shown={shown} onOpen={setOpen} />
        </>
      )}
      {open !== null && (
        <TemplateEditor
          key={open === 'new' ? 'new' : open.id}
          template={open === 'new' ? null : open}
          onClose={() => setOpen(null)}
        />
      )}
    </SettingsPage>
  )
}

interface ListProps {
  title: string
  isShared: boolean
  templates: readonly Template[]
  /** Those that fit what is sought. */
  shown: readonly Template[]
  onOpen: (template: Template) => void
}

function List({ title, isShared, templates, shown, onOpen }: ListProps) {
  const me = useMe()
  const acts = useTemplateActs()
  const isOf = ({ ownerId }: Template) => (ownerId === null) === isShared
  const all = templates.filter(isOf)
  const rows = shown.filter(isOf)
  const canChange = !isShared || me.user.role === 'admin'
  if (all.length === 0) return null

  function move(template: Template, by: -1 | 1) {
    const ids = all.map(({ id }) => id)
    const at = ids.indexOf(template.id)
    acts.order.mutate(ids.toSpliced(at, 1).toSpliced(at + by, 0, template.id))
  }
  return (
    <section aria-label={title}>
      <h3 className="mb-1 text-xs font-semibold text-ink-3">{title}</h3>
      {rows.length === 0 ? (
        <p className="py-2 text-ink-3">{t('templates.noneFits')}</p>
      ) : (
        <ul className="divide-y divide-line rounded-lg border border-line">
          {rows.map((template) => (
            <TemplateRow
              key={template.id}
              template={template}
              canChange={canChange}
              // Among those that are not shown a place means nothing.
              isFirst={rows.length < all.length || template === all[0]}
              isLast={rows.length < all.length || template === all.at(-1)}
              onOpen={() => onOpen(template)}
              onMove={(by) => move(template, by)}
              onDelete={() => acts.remove.mutate({ template, index: all.indexOf(template) })}
            />
          ))}
        </ul>
      )}
      {!canChange && <p className="mt-1.5 text-xs text-ink-3">{t('templates.adminsOnly')}</p>}
    </section>
  )
}
