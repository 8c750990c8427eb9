import type { Tag, TagUse } from '@parley/protocol/model'
import { useQuery } from '@tanstack/react-query'
import { Tags } from 'lucide-react'
import { useState } from 'react'
import { tagsQuery, tagUseQuery } from '../../../data/work/queries.ts'
import { t } from '../../../i18n/t.ts'
import { Button } from '../../../parts/Button.tsx'
import { fuzzyFilter } from '../../../parts/fuzzy.ts'
import { Notice, Problem } from '../../../parts/Notice.tsx'
import { SkeletonRows } from '../../../parts/SkeletonRows.tsx'
import { TextField } from '../../../parts/TextField.tsx'
import { SettingsPage } from '../SettingsPage.tsx'
import { DeleteTag } from './DeleteTag.tsx'
import { MergeDialog } from './MergeDialog.tsx'
import { NewTag } from './NewTag.tsx'
import { TagRow } from './TagRow.tsx'
import '../../../data/work/follow-use.ts'

const SEARCH_FROM = 8

/** Words on leads and contacts: made by anybody, tidied up here. */
export function TagsSection() {
  const query = useQuery(tagsQuery)
  const [sought, setSought] = useState('')
  const tags = query.data?.items
  return (
    <SettingsPage
      title={t('settings.tags')}
      hint={t('tags.hint')}
      toolbar={
        <>
          <NewTag tags={tags ?? []} />
          {tags && tags.length >= SEARCH_FROM && (
            <TextField
              type="search"
              label={t('tags.search')}
              isLabelHidden
              placeholder={t('tags.search')}
              value={sought}
              onChange={setSought}
              className="w-56 max-w-full"
            />
          )}
        </>
      }
    >
      {query.isError && !tags ? (
        <Problem title={t('tags.failed')} error={query.error} onRetry={() => void query.refetch()} />
      ) : !tags ? (
        <SkeletonRows count={6} height={40} />
      ) : tags.length === 0 ? (
        <Notice
          title={t('tags.none')}
          hint={t('tags.noneHint')}
          drawing={<Tags size={28} strokeWidth={1.6} aria-hidden="true" className="text-ink-3" />}
        />
      ) : (
        <TagList key={sought} tags={tags} sought={tags.length < SEARCH_FROM ? '' : sought} />
      )}
    </SettingsPage>
  )
}

/** There may be a thousand; each row is a few controls. */
const AT_ONCE = 100

/** What a menu has begun. */
type Act = { kind: 'delete'; tag: Tag } | { kind: 'merge'; tag: Tag; into?: Tag | undefined }

function TagList({ tags, sought }: { tags: readonly Tag[]; sought: string }) {
  const use = useQuery(tagUseQuery)
  const [limit, setLimit] = useState(AT_ONCE)
  const [act, setAct] = useState<Act>()
  const countsOf = new Map(use.data?.items.map((one) => [one.tagId, one]))
  const countOf = ({ id }: Tag): TagUse | undefined =>
    use.data && (countsOf.get(id) ?? { tagId: id, leads: 0, contacts: 0 })
  const found = sought === '' ? tags : fuzzyFilter(tags, sought, ({ name }) => [name])
  if (found.length === 0) return <Notice title={t('tags.noneFound')} />
  const rest = found.length - limit
  const done = () => setAct(undefined)
  return (
    <div>
      <ul aria-label={t('tags.list')} className="-mx-2">
        {found.slice(0, limit).map((tag) => (
          <TagRow
            key={tag.id}
            tag={tag}
            use={countOf(tag)}
            isOnly={tags.length === 1}
            onMerge={(intoId) =>
              setAct({ kind: 'merge', tag, into: tags.find(({ id }) => id === intoId && id !== tag.id) })
            }
            onDelete={() => setAct({ kind: 'delete', tag })}
          />
        ))}
      </ul>
      {rest > 0 && (
        <Button size="sm" look="ghost" className="mt-2" onClick={() => setLimit(limit + AT_ONCE)}>
          {t('tags.showMore', { count: Math.min(rest, AT_ONCE) })}
        </Button>
      )}
      {act?.kind === 'delete' && <DeleteTag tag={act.tag} use={countOf(act.tag)} onClose={done} />}
      {act?.kind === 'merge' && (
        <MergeDialog tag={act.tag} into={act.into} use={countOf(act.tag)} tags={tags} onClose={done} />
      )}
    </div>
  )
}
