import { Menu } from '@base-ui/react/menu'
import type { InboxSort } from '@parley/protocol/model'
import { t } from '../../../i18n/t.ts'
import { MenuRadio } from '../../../parts/MenuItems.tsx'
import { MenuPopup } from '../../../parts/MenuPopup.tsx'
import type { Layer } from '../../../parts/use-layer.ts'

interface Props {
  layer: Layer
  sort: InboxSort
  onSort: (sort: InboxSort) => void
}

export function SortMenu({ layer, sort, onSort }: Props) {
  return (
    <MenuPopup layer={layer}>
      <Menu.RadioGroup aria-label={t('inbox.sort')} value={sort} onValueChange={(value) => onSort(value as InboxSort)}>
        <MenuRadio value="newest">{t('inbox.newest')}</MenuRadio>
        <MenuRadio value="waiting">{t('inbox.longestWaiting')}</MenuRadio>
      </Menu.RadioGroup>
    </MenuPopup>
  )
}
