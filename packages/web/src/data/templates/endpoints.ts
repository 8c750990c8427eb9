import type { ChangeTemplateInput, NewTemplateInput, Template, TemplateId } from '@parley/protocol/model'
import { request } from '../api.ts'

export const listTemplates = (signal?: AbortSignal) =>
  request<{ items: Template[] }>('GET', '/templates', undefined, signal)
export const createTemplate = (template: NewTemplateInput) => request<Template>('POST', '/templates', template)
export const changeTemplate = (id: TemplateId, change: ChangeTemplateInput) =>
  request<Template>('PATCH', `/templates/${id}`, change)
export const deleteTemplate = (id: TemplateId) => request<void>('DELETE', `/templates/${id}`)
export const orderTemplates = (ids: readonly TemplateId[]) =>
  request<{ items: Template[] }>('PUT', '/templates/order', { ids })
