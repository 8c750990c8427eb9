import type { ContactPoint, PointKind } from '@parley/protocol/model'

type Points = readonly ContactPoint[]

const isAt = (point: ContactPoint, { kind, value }: Pick<ContactPoint, 'kind' | 'value'>) =>
  point.kind === kind && point.value === value

const pointsOf = (points: Points, kind: PointKind) => points.filter((point) => point.kind === kind)

/** Phones before e-mails, as the server keeps them. */
const inOrder = (points: Points): ContactPoint[] => [...pointsOf(points, 'phone'), ...pointsOf(points, 'email')]

export const addPoint = (points: Points, point: ContactPoint): ContactPoint[] => inOrder([...points, point])

export const removePoint = (points: Points, gone: ContactPoint): ContactPoint[] =>
  points.filter((point) => !isAt(point, gone))

export const changePoint = (points: Points, from: ContactPoint, to: Partial<ContactPoint>): ContactPoint[] =>
  points.map((point) => (isAt(point, from) ? { ...point, ...to } : point))

/** The first of its kind is the one that lists show and messages go to. */
export const makeFirst = (points: Points, first: ContactPoint): ContactPoint[] =>
  inOrder([first, ...removePoint(points, first)])
