import { clsx } from 'clsx'
import { useMemo } from 'react'
import { t } from '../../i18n/t.ts'
import type { ShownMessage } from './shown-messages.ts'
import { listPosts, type ThreadFilter } from './thread-rows.ts'

interface Props {
  messages: readonly ShownMessage[]
  filter: ThreadFilter
  onFilter: (filter: ThreadFilter) => void
}

/** For a conversation with comments: all of it, what is no comment, or what stands under one post. */
export function ThreadFilterBar({ messages, filter, onFilter }: Props) {
  const posts = useMemo(() => listPosts(messages), [messages])
  if (posts.length === 0) return null
  const choices: { key: string; label: string; to: ThreadFilter }[] = [
    { key: 'all', label: t('posts.all'), to: 'all' },
    { key: 'direct', label: t('posts.direct'), to: 'direct' },
    ...posts.map(({ id, caption, author }) => ({
      key: `post ${id}`,
      label: caption === '' ? t('posts.untitled', { name: author }) : t('posts.one', { caption }),
      to: { postId: id },
    })),
  ]
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields
    <div
      role="group"
      aria-label={t('posts.filter')}
      className="flex shrink-0 gap-1.5 overflow-x-auto border-b border-line bg-surface px-6 py-2 [scrollbar-width:none] max-md:px-3"
    >
      {choices.map(({ key, label, to }) => (
        <button
          key={key}
          type="button"
          aria-pressed={isSame(filter, to)}
          onClick={() => onFilter(to)}
          className={clsx(
            'h-7 max-w-56 shrink-0 truncate rounded-full px-3 text-xs font-medium transition-colors pointer-coarse:h-10',
            isSame(filter, to) ? 'bg-accent-soft text-accent-ink' : 'text-ink-2 hover:bg-hover hover:text-ink',
          )}
        >
          {label}
        </button>
      ))}
    </div>
  )
}

const isSame = (a: ThreadFilter, b: ThreadFilter) =>
  typeof a === 'object' && typeof b === 'object' ? a.postId === b.postId : a === b
