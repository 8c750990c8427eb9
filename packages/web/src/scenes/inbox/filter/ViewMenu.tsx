import type { InboxView } from '@parley/protocol/model'
import { ArrowLeft, ArrowRight, ListFilterPlus, Pencil, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { filtersOf, type InboxSearch } from '../../../data/inbox/search.ts'
import { t } from '../../../i18n/t.ts'
import { MenuItem, MenuLine } from '../../../parts/MenuItems.tsx'
import { MenuPopup } from '../../../parts/MenuPopup.tsx'
import type { Layer } from '../../../parts/use-layer.ts'
import { SaveViewDialog } from './SaveViewDialog.tsx'
import { useChangeView, useSaveView } from './use-views.ts'

interface Props {
  layer: Layer
  view: InboxView
  views: readonly InboxView[]
  search: InboxSearch
  onSearch: (change: (search: InboxSearch) => InboxSearch) => void
}

/** What can be done with a saved view. */
export function ViewMenu({ layer, view, views, search, onSearch }: Props) {
  const [isRenaming, setRenaming] = useState(false)
  const { change, rename, remove } = useChangeView(onSearch)
  const { update } = useSaveView(onSearch)
  const filters = filtersOf(search)
  const hasChanges = Object.keys(filters).length > 0 || search.sort !== undefined
  const index = views.findIndex(({ id }) => id === view.id)

  /** Trades places with a neighbour. */
  function move(step: 1 | -1) {
    const other = views[index + step]
    if (!other) return
    // Those that were never moved may share a place.
    const isSame = other.position === view.position
    void change(view, { position: Math.max(0, isSame ? view.position + step : other.position) })
    if (!isSame && other.canEdit) void change(other, { position: view.position })
  }

  return (
    <>
      <MenuPopup layer={layer}>
        {hasChanges && (
          <MenuItem
            icon={<ListFilterPlus size={16} aria-hidden="true" />}
            onClick={() => void update(view, filters, search.sort)}
          >
            {t('view.update')}
          </MenuItem>
        )}
        <MenuItem icon={<Pencil size={16} aria-hidden="true" />} onClick={() => setRenaming(true)}>
          {t('view.rename')}
        </MenuItem>
        <MenuItem
          icon={<ArrowLeft size={16} aria-hidden="true" className="rtl:-scale-x-100" />}
          isDisabled={index <= 0}
          onClick={() => move(-1)}
        >
          {t('view.left')}
        </MenuItem>
        <MenuItem
          icon={<ArrowRight size={16} aria-hidden="true" className="rtl:-scale-x-100" />}
          isDisabled={index >= views.length - 1}
          onClick={() => move(1)}
        >
          {t('view.right')}
        </MenuItem>
        <MenuLine />
        <MenuItem icon={<Trash2 size={16} aria-hidden="true" />} isDangerous onClick={() => void remove(view)}>
          {t('view.delete')}
        </MenuItem>
      </MenuPopup>
      {isRenaming && (
        <SaveViewDialog
          view={view}
          onClose={() => setRenaming(false)}
          onSave={(name, isShared) => rename(view, name, isShared)}
        />
      )}
    </>
  )
}
