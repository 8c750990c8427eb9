import type {
  ChangeFieldRequest,
  ChangeSourceRequest,
  ChangeTagRequest,
  ChannelId,
  CustomField,
  FieldId,
  FieldUse,
  NewFieldRequest,
  NewSourceRequest,
  NewTagRequest,
  Source,
  SourceId,
  SourceUse,
  Tag,
  TagId,
  TagUse,
} from '@parley/protocol/model'
import { request } from '../api.ts'

interface List<Item> {
  items: Item[]
}

const list = <Item>(path: string, signal?: AbortSignal) => request<List<Item>>('GET', path, undefined, signal)

export const listFields = (signal?: AbortSignal) => list<CustomField>('/fields', signal)
export const createField = (body: Partial<NewFieldRequest>) => request<CustomField>('POST', '/fields', body)
export const changeField = (id: FieldId, body: ChangeFieldRequest) =>
  request<CustomField>('PATCH', `/fields/${id}`, body)
/** Hides it; one that is hidden is gone. */
export const deleteField = (id: FieldId) => request<{ field: CustomField | null }>('DELETE', `/fields/${id}`)
export const getFieldUse = (id: FieldId, signal?: AbortSignal) =>
  request<FieldUse>('GET', `/fields/${id}/use`, undefined, signal)

export const listTags = (signal?: AbortSignal) => list<Tag>('/tags', signal)
export const listTagUse = (signal?: AbortSignal) => list<TagUse>('/tags/use', signal)
export const createTag = (body: NewTagRequest) => request<Tag>('POST', '/tags', body)
export const changeTag = (id: TagId, body: ChangeTagRequest) => request<Tag>('PATCH', `/tags/${id}`, body)
export const mergeTags = (id: TagId, intoId: TagId) => request<Tag>('POST', `/tags/${id}/merge`, { intoId })
export const deleteTag = (id: TagId) => request<void>('DELETE', `/tags/${id}`)

export const listAllSources = (signal?: AbortSignal) => list<Source>('/sources', signal)
export const listSourceUse = (signal?: AbortSignal) => list<SourceUse>('/sources/use', signal)
export const createSource = (channelId: ChannelId, body: Pick<NewSourceRequest, 'externalId' | 'name'>) =>
  request<Source>('POST', `/channels/${encodeURIComponent(channelId)}/sources`, body)
export const changeSource = (id: SourceId, body: ChangeSourceRequest) =>
  request<Source>('PATCH', `/sources/${id}`, body)
export const deleteSource = (id: SourceId) => request<void>('DELETE', `/sources/${id}`)
