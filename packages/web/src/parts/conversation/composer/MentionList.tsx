import { t } from '../../../i18n/t.ts'
import { UserAvatar } from '../../UserAvatar.tsx'
import { SuggestList } from './SuggestList.tsx'
import type { MentionPicker } from './use-mention.ts'

/** Whom the note can call. */
export function MentionList({ mention: { suggest, items, pick } }: { mention: MentionPicker }) {
  return (
    <div className="absolute inset-x-0 bottom-full z-10 mb-1.5 overflow-hidden rounded-lg bg-raised shadow-pop">
      <SuggestList
        id={suggest.listId}
        label={t('note.people')}
        items={items}
        active={suggest.active}
        keyOf={({ id }) => id}
        onHover={suggest.setActive}
        onPick={pick}
        className="max-h-56 p-1"
      >
        {({ id, name }) => (
          <span className="flex items-center gap-2 text-sm">
            <UserAvatar user={{ id, name }} size={22} />
            <bdi className="truncate">{name}</bdi>
          </span>
        )}
      </SuggestList>
    </div>
  )
}
