import type { Template, TemplateId } from '@parley/protocol/model'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import {
  changeTemplate,
  createTemplate,
  deleteTemplate,
  listTemplates,
  orderTemplates,
} from '../../../data/templates/endpoints.ts'
import { templatesQuery } from '../../../data/templates/use-templates.ts'
import { t } from '../../../i18n/t.ts'
import { reasonOf } from '../../../parts/Notice.tsx'
import { toast } from '../../../parts/toast.ts'
import { formOf, type TemplateForm, toRequest } from './template-form.ts'

/** What can be done with templates; others see it by the stream. */
export function useTemplateActs() {
  const client = useQueryClient()
  const readAgain = () => client.invalidateQueries({ queryKey: templatesQuery.queryKey })
  const failed = (error: unknown) => toast({ tone: 'bad', text: t('templates.failed', { reason: reasonOf(error) }) })

  const save = useMutation({
    mutationFn: ({ id, form }: { id: TemplateId | null; form: TemplateForm }) =>
      id === null ? createTemplate(toRequest(form)) : changeTemplate(id, toRequest(form)),
    onSuccess: readAgain,
  })
  const order = useMutation({
    mutationFn: (ids: TemplateId[]) => orderTemplates(ids),
    onSuccess: (answer) => client.setQueryData(templatesQuery.queryKey, answer),
    onError: failed,
  })
  const remove = useMutation({
    mutationFn: ({ template }: Removal) => deleteTemplate(template.id),
    onSuccess(_, removal) {
      void readAgain()
      const text = t('templates.deleted', { name: removal.template.name })
      toast({ text, undo: () => bringBack(removal).then(readAgain) })
    },
    onError: failed,
  })
  return { save, order, remove }
}

interface Removal {
  template: Template
  /** Its place among the shared ones, or among one's own. */
  index: number
}

/** A template like the one that was deleted, at its old place. */
async function bringBack({ template, index }: Removal): Promise<void> {
  const made = await createTemplate({ ...toRequest(formOf(template)), externalId: template.externalId })
  const { items } = await listTemplates()
  const ids = items.filter(({ id, ownerId }) => ownerId === made.ownerId && id !== made.id).map(({ id }) => id)
  await orderTemplates(ids.toSpliced(index, 0, made.id))
}
