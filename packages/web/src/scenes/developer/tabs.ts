import type { ComponentType, LazyExoticComponent } from 'react'
import { lazyWithTexts } from '../../i18n/lazy-with-texts.ts'
import type { TextKey } from '../../i18n/t.ts'
import type { TabProps } from './tab-props.ts'

/** A tab of a channel's console, at `/developer/{channelId}/{id}`. */
export interface DeveloperTab {
  id: string
  /** Of the namespace `developer`, which the bar is written in. */
  label: TextKey
  /** The page of the reference that is about it. */
  guide: string
  component: LazyExoticComponent<ComponentType<TabProps>>
}

/**
 * In the order of the bar: requests, lab, deliveries, simulator, test-run. A new tab is a line here and its texts, in a namespace of
 * its own. It fills what the head leaves and scrolls by itself.
 */
export const TABS: readonly DeveloperTab[] = [
  {
    id: 'requests',
    label: 'developer.tab.requests',
    guide: 'guides/first-channel',
    component: lazyWithTexts(() => import('./requests/Requests.tsx'), 'Requests', ['requests']),
  },
  {
    id: 'lab',
    label: 'developer.tab.lab',
    guide: 'guides/signing',
    component: lazyWithTexts(() => import('./lab/LabTab.tsx'), 'LabTab', ['lab']),
  },
  {
    id: 'deliveries',
    label: 'developer.tab.deliveries',
    guide: 'hooks/messageHookV2',
    component: lazyWithTexts(() => import('./deliveries/Deliveries.tsx'), 'Deliveries', ['deliveries']),
  },
  {
    id: 'simulator',
    label: 'developer.tab.simulator',
    guide: 'guides/simulator',
    component: lazyWithTexts(() => import('./simulator/Simulator.tsx'), 'Simulator', ['simulator']),
  },
  {
    id: 'test-run',
    label: 'developer.tab.testRun',
    guide: 'guides/first-channel',
    component: lazyWithTexts(() => import('./test-run/TestRun.tsx'), 'TestRun', ['test-run']),
  },
]
